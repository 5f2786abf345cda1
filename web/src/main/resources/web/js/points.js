// Two metrics of many candidates as [number, x, y], for the plots. Bounded: of a long search the newest are shown.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { get, query } from './api.js';

export const MOST = 10000;
const PAGE = 500;

export function usePoints(id, x, y, proposed) {
  const [state, setState] = useState({ points: [], loading: true, problem: null, from: 0 });
  const start = Math.max(-1, (proposed ?? 0) - MOST);
  const ready = proposed !== undefined && x && y;
  useEffect(() => {
    if (!ready) return undefined;
    let stale = false;
    (async () => {
      let after = start;
      let points = [];
      setState({ points, loading: true, problem: null, from: start + 1 });
      try {
        while (after !== null && after !== undefined && !stale) {
          const page = await get(`/v1/searches/${id}/points${query({ x, y, after, limit: PAGE })}`);
          points = points.concat(page.items);
          after = page.next;
          if (!stale) setState({ points, loading: after != null, problem: null, from: start + 1 });
        }
      } catch (problem) {
        if (!stale) setState({ points, loading: false, problem, from: start + 1 });
      }
    })();
    return () => {
      stale = true;
    };
    // The start is fixed when the axes change; later candidates come through add.
  }, [id, x, y, ready]);

  const add = useCallback(
    (candidates) => {
      const fresh = candidates
        .filter(({ measurements }) => measurements && measurements[x] !== undefined && measurements[y] !== undefined)
        .map(({ number, measurements }) => [number, measurements[x], measurements[y]]);
      if (fresh.length) {
        setState((before) => {
          const known = new Set(before.points.slice(-1000).map(([number]) => number));
          const points = before.points.concat(fresh.filter(([number]) => !known.has(number)));
          return { ...before, points: points.slice(-MOST) };
        });
      }
    },
    [x, y],
  );
  return { ...state, add };
}
