// A candidate's ancestors, by number, as far back as asked for. The service answers with the nearest first and a bounded
// number at a time; going on from the oldest of the first parents' line always reaches the root.
import { useEffect, useState } from 'preact/hooks';
import { get, query } from './api.js';
import { onReturn } from './connection.js';

const FIRST = 60; // enough to draw at once
const MOST = 500;
const DEEP = 10000;

// The first parents from the candidate to its root, or as far as they are known.
export function lineOf(candidate, byNumber) {
  const line = [candidate];
  for (let next = byNumber.get(candidate.parents[0]); next; next = byNumber.get(next.parents[0])) line.push(next);
  return line;
}

export function useAncestors(candidate) {
  const { search, number } = candidate;
  const [state, setState] = useState({ of: null, byNumber: new Map(), problem: null, loading: true });
  const read = async (from, known, limit) => {
    try {
      const path = `/v1/searches/${search}/candidates/${from}/ancestors${query({ depth: DEEP, limit })}`;
      const { items, truncated } = await get(path);
      const byNumber = new Map(known);
      items.forEach((item) => byNumber.set(item.number, item));
      return { of: number, byNumber, problem: null, loading: false, truncated };
    } catch (problem) {
      return { of: number, byNumber: known, problem, loading: false, truncated: false };
    }
  };
  useEffect(() => {
    let stale = false;
    const load = async () => {
      const near = await read(number, new Map(), FIRST);
      if (stale) return;
      setState({ ...near, loading: near.truncated });
      if (!near.truncated) return;
      const far = await read(number, near.byNumber, MOST);
      if (!stale) setState(far);
    };
    load();
    const forget = onReturn(load);
    return () => {
      stale = true;
      forget();
    };
  }, [search, number]);
  const fresh = state.of === number;
  const line = lineOf(candidate, fresh ? state.byNumber : new Map());
  const oldest = line.at(-1);
  const further = async () => {
    setState({ ...state, loading: true });
    setState(await read(oldest.number, state.byNumber, MOST));
  };
  return { ...state, loading: !fresh || state.loading, line, further: fresh && oldest.parents.length > 0 ? further : null };
}
