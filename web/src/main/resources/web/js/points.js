// Two metrics of many candidates as [number, x, y], for the plots, by number. Bounded: of a long search the newest are shown.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, query } from './api.js';
import { onReturn } from './connection.js';

export const MOST = 10000;
const PAGE = 500;

const finite = (value) => value !== undefined && value !== null;

// Pages and events come in any order; what counts is which candidates are known, not who told of them.
class Points {
  constructor() {
    this.byNumber = new Map();
  }

  add(points) {
    points.forEach((point) => this.byNumber.set(point[0], point));
    return this.sorted();
  }

  sorted() {
    const all = [...this.byNumber.values()].sort((a, b) => a[0] - b[0]);
    all.slice(0, -MOST).forEach(([number]) => this.byNumber.delete(number));
    return all.slice(-MOST);
  }
}

// Number after which about as many have been measured as are shown.
function startOf({ proposed, measured }) {
  return measured <= MOST ? 0 : Math.floor(proposed * (1 - MOST / measured));
}

// progress: of the search; null until it is known
export function usePoints(id, x, y, progress) {
  const [state, setState] = useState({ points: [], loading: true, problem: null, from: 0 });
  const known = useRef(new Points());
  const [attempt, setAttempt] = useState(0);
  const ready = Boolean(progress && x && y);
  const from = progress ? startOf(progress) : 0;
  useEffect(() => {
    if (!ready) return undefined;
    let stale = false;
    known.current = new Points();
    (async () => {
      let after = from - 1;
      try {
        while (after !== null && !stale) {
          const page = await get(`/v1/searches/${id}/points${query({ x, y, after, limit: PAGE })}`);
          if (stale) return;
          after = page.next;
          // Drawn at the end, and now and then on a long way.
          known.current.add(page.items);
          if (after === null || known.current.byNumber.size % (4 * PAGE) < PAGE) {
            setState({ points: known.current.sorted(), loading: after !== null, problem: null, from });
          }
        }
      } catch (problem) {
        if (!stale) setState({ points: known.current.sorted(), loading: false, problem, from });
      }
    })();
    return () => {
      stale = true;
    };
    // Where to start is fixed when the axes change; later candidates come through add.
  }, [id, x, y, ready, attempt]);
  useEffect(() => onReturn(() => setAttempt((n) => n + 1)), []);

  const add = useCallback(
    (candidates) => {
      const fresh = candidates
        .filter(({ measurements }) => finite(measurements?.[x]) && finite(measurements?.[y]))
        .map(({ number, measurements }) => [number, measurements[x], measurements[y]]);
      if (fresh.length) {
        const points = known.current.add(fresh);
        setState((before) => ({ ...before, points }));
      }
    },
    [x, y],
  );
  return { ...state, add };
}
