// One search, live: the resource, kept fresh by its event stream. Events are gathered and applied a few times a second,
// so that a fast search does not redraw the page for every candidate.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from './api.js';
import { report } from './connection.js';

const GATHER = 250;

// Calls onCandidates with the candidates finished since the last call.
export function useSearch(id, onCandidates) {
  const [state, setState] = useState({ data: null, problem: null });
  const [attempt, setAttempt] = useState(0);
  const sink = useRef(onCandidates);
  sink.current = onCandidates;
  useEffect(() => {
    let closed = false;
    let source = null;
    let timer = null;
    let candidates = [];
    let latest = null;

    const refresh = async () => {
      const data = await get(`/v1/searches/${id}`);
      report(true);
      if (!closed) setState({ data, problem: null });
      return data;
    };
    const flush = () => {
      timer = null;
      if (latest) {
        const { progress, front_size, best, sequence } = latest;
        setState(({ data }) => ({ data: { ...data, progress, front_size, best, sequence }, problem: null }));
        latest = null;
      }
      if (candidates.length) sink.current(candidates);
      candidates = [];
    };
    const gather = (event) => {
      const data = JSON.parse(event.data);
      if (data.candidate) {
        candidates.push({ ...data.candidate, left: data.left });
        latest = data;
      }
      timer ??= setTimeout(flush, GATHER);
    };
    const changed = async () => {
      try {
        const data = await refresh();
        if (data.ended_by) source.close();
      } catch {
        report(false);
      }
    };

    (async () => {
      try {
        const data = await refresh();
        if (closed || data.ended_by) return;
        source = new EventSource(`/v1/searches/${id}/events?after=${data.sequence}`);
        source.addEventListener('open', () => report(true));
        source.addEventListener('error', () => report(false));
        source.addEventListener('candidate', gather);
        source.addEventListener('state', changed);
      } catch (problem) {
        if (problem.status === 0) report(false);
        if (!closed) setState({ data: null, problem });
      }
    })();
    return () => {
      closed = true;
      clearTimeout(timer);
      source?.close();
      report(true);
    };
  }, [id, attempt]);
  return { ...state, reload: () => setAttempt((n) => n + 1) };
}
