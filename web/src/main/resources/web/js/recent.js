// The newest measured candidates of a search with all their measurements, oldest first. Bounded, however many there are.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { get, query } from './api.js';
import { onReturn } from './connection.js';

const MOST = 100;

function joined(known, fresh) {
  const byNumber = new Map([...known, ...fresh].map(({ number, measurements }) => [number, { number, measurements }]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number).slice(-MOST);
}

// ready: whether they are wanted
export function useRecent(id, ready) {
  const [recent, setRecent] = useState([]);
  useEffect(() => {
    if (!ready) return undefined;
    let stale = false;
    const load = () =>
      get(`/v1/searches/${id}/candidates${query({ state: 'measured', sort: '-number', limit: MOST })}`).then(
        ({ items }) => !stale && setRecent((known) => joined(known, items)),
        () => {
          // The table of candidates below asks the same and says why it failed.
        },
      );
    load();
    const forget = onReturn(load);
    return () => {
      stale = true;
      forget();
    };
  }, [id, ready]);
  const add = useCallback((candidates) => {
    const fresh = candidates.filter(({ state }) => state === 'measured');
    if (fresh.length) setRecent((known) => joined(known, fresh));
  }, []);
  return { recent, add };
}
