// Whether the service answers, for the notice at the top. Polls and event streams report here.
import { useEffect, useState } from 'preact/hooks';

let connected = true;
const listeners = new Set();

export function report(state) {
  if (state === connected) return;
  connected = state;
  listeners.forEach((listener) => listener(state));
}

export function useConnection() {
  const [state, setState] = useState(connected);
  useEffect(() => {
    listeners.add(setState);
    return () => listeners.delete(setState);
  }, []);
  return state;
}
