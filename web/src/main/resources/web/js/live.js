// One search, live: the resource, kept fresh by its event stream. Events are gathered and applied a few times a second, and
// more rarely the longer drawing takes, so that a fast search with many candidates leaves the page usable.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from './api.js';
import { onReturn } from './connection.js';

const GATHER = 250;
const SHARE = 5; // waits this many times as long as the last drawing took
const AGAIN = 2000;
const QUIET = 10_000;
const ASK = 2000; // milliseconds between two looks at the funnel, where events do not carry it

// Reads a search or training and follows its events until stopped; `told` is handed whole resources, `happened` has what to
// do with events by their names.
export function follow(path, happened, told, failed) {
  let stopped = false;
  let source = null;
  let again = null;
  let silent = false;

  const refresh = async () => {
    const data = await get(path);
    if (!stopped) told(data);
    return data;
  };
  const open = async () => {
    clearTimeout(again);
    source?.close();
    source = null;
    try {
      const data = await refresh();
      if (stopped || data.ended_by) return;
      const stream = new EventSource(`${path}/events?after=${data.sequence}`);
      source = stream;
      Object.entries(happened).forEach(([name, take]) =>
        stream.addEventListener(name, (event) => {
          silent = false;
          take(JSON.parse(event.data));
        }),
      );
      stream.addEventListener('state', changed);
      stream.addEventListener('error', () => {
        // A stream cut off finds its own way back; one that was refused has to be opened anew.
        if (stream.readyState === EventSource.CLOSED && stream === source) again = setTimeout(open, AGAIN);
        else refresh().catch(() => {});
      });
    } catch (problem) {
      if (!stopped) failed(problem);
    }
  };
  const changed = async () => {
    silent = false;
    const data = await refresh().catch(failed);
    if (data?.ended_by) source?.close();
  };
  // What stands still cannot journal an event of it: after a silence it is asked.
  const watch = setInterval(() => {
    if (silent && source && source.readyState !== EventSource.CLOSED) refresh().catch(() => {});
    silent = true;
  }, QUIET);
  const forget = onReturn(open);
  open();
  return () => {
    stopped = true;
    clearTimeout(again);
    clearInterval(watch);
    forget();
    source?.close();
  };
}

// Calls onCandidates with the candidates finished since the last call, each with those it pushed off the front.
export function useSearch(id, onCandidates) {
  const [state, setState] = useState({ data: null, problem: null });
  const [attempt, setAttempt] = useState(0);
  const sink = useRef(onCandidates);
  sink.current = onCandidates;
  useEffect(() => {
    let timer = null;
    let candidates = [];
    let latest = null;
    let wait = GATHER;
    let asked = performance.now();
    let funnelled = false;
    let stopped = false;

    const flush = () => {
      const start = performance.now();
      const { progress, front_size, best, sequence, funnel } = latest;
      const batch = candidates;
      candidates = [];
      setState(({ data }) => ({ data: data && { ...data, progress, front_size, best, sequence, funnel: funnel ?? data.funnel }, problem: null }));
      sink.current(batch);
      if (funnelled && !funnel && start - asked > ASK) {
        asked = start;
        get(`/v1/searches/${id}`).then((data) => !stopped && told(data), () => {});
      }
      // Drawing is done by the frame after next.
      requestAnimationFrame(() =>
        setTimeout(() => {
          wait = Math.max(GATHER, SHARE * (performance.now() - start));
          timer = null;
          if (candidates.length) timer = setTimeout(flush, wait);
        }),
      );
    };
    const happened = (event) => {
      candidates.push({ ...event.candidate, left: event.left });
      latest = event;
      timer ??= setTimeout(flush, wait);
    };
    const told = (data) => {
      latest = { ...data };
      funnelled = Boolean(data.funnel);
      setState({ data, problem: null });
    };
    const failed = (problem) => setState(({ data }) => ({ data: problem.status === 0 ? data : null, problem }));
    const stop = follow(`/v1/searches/${id}`, { candidate: happened }, told, failed);
    return () => {
      stopped = true;
      stop();
      clearTimeout(timer);
    };
  }, [id, attempt]);
  // data: the search as an answer just told it, if there is one
  const reload = (data) => (data?.id === id ? setState({ data, problem: null }) : setAttempt((n) => n + 1));
  return { ...state, reload };
}
