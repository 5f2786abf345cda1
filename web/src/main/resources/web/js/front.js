// The Pareto front of a search: number to measurements. Read whole once, then kept by what the events say joined and left.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, query } from './api.js';
import { onReturn } from './connection.js';

const PAGE = 500;

async function read(id) {
  const members = new Map();
  let cursor = '';
  do {
    const page = await get(`/v1/searches/${id}/front${query({ limit: PAGE, cursor })}`);
    page.items.forEach(({ number, measurements }) => members.set(number, measurements));
    cursor = page.next;
  } while (cursor);
  return members;
}

function moved(front, candidates) {
  const after = new Map(front);
  candidates.forEach(({ number, on_front: joined, left, measurements }) => {
    if (joined) after.set(number, measurements);
    (left || []).forEach((gone) => after.delete(gone));
  });
  return after;
}

// ready: whether the search is known to exist
export function useFront(id, ready) {
  const [front, setFront] = useState(new Map());
  // What happened since reading began: it may not be in what is read.
  const meanwhile = useRef([]);
  useEffect(() => {
    if (!ready) return undefined;
    let stale = false;
    const load = async () => {
      meanwhile.current = [];
      try {
        const members = await read(id);
        if (!stale) setFront(moved(members, meanwhile.current));
      } catch {
        // The page says so already: the search itself could not be read either.
      }
    };
    load();
    const forget = onReturn(load);
    return () => {
      stale = true;
      forget();
    };
  }, [id, ready]);
  const apply = useCallback((candidates) => {
    const news = candidates.filter(({ on_front: joined, left }) => joined || left?.length);
    if (news.length === 0) return;
    meanwhile.current.push(...news);
    setFront((before) => moved(before, news));
  }, []);
  return { front, apply };
}
