// Loading as state: { data, problem, reload }. A repeated load keeps what is shown until the new answer is there.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get } from './api.js';
import { report } from './connection.js';

export function useLoad(path, { every } = {}) {
  const [state, setState] = useState({ data: null, problem: null });
  const current = useRef(path);
  current.current = path;
  const reload = useCallback(async () => {
    if (!path) return;
    try {
      const data = await get(path);
      report(true);
      if (current.current === path) setState({ data, problem: null });
    } catch (problem) {
      if (problem.status === 0) report(false);
      if (current.current === path) setState((before) => ({ data: problem.status === 0 ? before.data : null, problem }));
    }
  }, [path]);
  useEffect(() => {
    setState({ data: null, problem: null });
    reload();
    if (!every) return undefined;
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), every);
    return () => clearInterval(timer);
  }, [reload, every]);
  return { ...state, reload };
}
