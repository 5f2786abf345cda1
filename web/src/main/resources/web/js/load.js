// Loading as state: { data, problem, loading, reload }. What is shown stays until the next answer is there, so that nothing
// jumps; what could not be read for want of an answer is read again once the service is back.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get } from './api.js';
import { onReturn } from './connection.js';

// path: null for nothing to load; every: milliseconds after which it is read again while the page is visible
export function useLoad(path, { every } = {}) {
  const [state, setState] = useState({ data: null, problem: null, loading: true });
  const current = useRef(path);
  current.current = path;
  const reload = useCallback(async () => {
    if (!path) return;
    try {
      const data = await get(path);
      if (current.current === path) setState({ data, problem: null, loading: false, path });
    } catch (problem) {
      const keep = (before) => (problem.status === 0 && before.path === path ? before.data : null);
      if (current.current === path) setState((before) => ({ data: keep(before), problem, loading: false, path }));
    }
  }, [path]);
  useEffect(() => {
    setState((before) => (path ? { ...before, problem: null, loading: true } : { data: null, problem: null, loading: false }));
    reload();
    const timer = every && setInterval(() => document.visibilityState === 'visible' && reload(), every);
    const forget = onReturn(reload);
    return () => {
      clearInterval(timer);
      forget();
    };
  }, [reload, every]);
  return { ...state, reload };
}
