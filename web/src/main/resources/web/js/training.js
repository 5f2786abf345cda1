// One training, live: the resource and its curve, kept fresh by its event stream.
import { useEffect, useState } from 'preact/hooks';
import { get, query } from './api.js';
import { follow } from './live.js';

const GATHER = 300;
const PAGE = 500;
const ASK = 2000; // milliseconds between two looks at rate and time left, while points come

export function useTraining(id) {
  const path = `/v1/trainings/${id}`;
  const [state, setState] = useState({ data: null, points: [], problem: null });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let stopped = false;
    let timer = null;
    let asked = performance.now();
    let loaded = 0;
    let loading = false;
    const bySteps = new Map();
    const points = () => [...bySteps.values()].sort((a, b) => a.step - b.step);
    const told = (data) => {
      asked = performance.now();
      setState((before) => ({ ...before, data, problem: null }));
      load().catch(failed);
    };
    const failed = (problem) => setState((before) => ({ ...before, data: problem.status === 0 ? before.data : null, problem }));
    const flush = () => {
      timer = null;
      if (stopped) return;
      const curve = points();
      setState((before) => ({ ...before, points: curve }));
      if (performance.now() - asked > ASK) get(path).then((data) => !stopped && told(data), () => {});
    };
    const gather = (fresh) => {
      fresh.forEach((point) => bySteps.set(point.step, point));
      timer ??= setTimeout(flush, GATHER);
    };
    // Page by page from where the last page ended: what happened before the stream began, and what a broken one left out.
    // The rest comes through the stream, too; a step is kept once.
    const load = async () => {
      if (loading) return;
      loading = true;
      try {
        for (let more = true; more && !stopped; ) {
          const page = await get(`${path}/curve${query({ after: loaded, limit: PAGE })}`);
          if (page.items.length) gather(page.items);
          loaded = page.items.at(-1)?.step ?? loaded;
          more = page.next !== null;
        }
      } finally {
        loading = false;
      }
    };
    const stop = follow(path, { point: (event) => gather([event.point]) }, told, failed);
    return () => {
      stopped = true;
      clearTimeout(timer);
      stop();
    };
  }, [id, attempt]);
  const reload = (data) => (data?.id === id ? setState((before) => ({ ...before, data, problem: null })) : setAttempt((n) => n + 1));
  return { ...state, reload };
}
