// Whether the service answers, for the notice at the top. A request without an answer reports here; from then on the service
// is asked every other second, and everything that waits for it is told when it is back.
import { useEffect, useState } from 'preact/hooks';

const AGAIN = 2000;

let connected = true;
const listeners = new Set();

function change(state) {
  if (state === connected) return;
  connected = state;
  listeners.forEach((listener) => listener(state));
}

async function probe() {
  try {
    if ((await fetch('/health/live', { cache: 'no-store' })).ok) return change(true);
  } catch {
    // Not yet.
  }
  return setTimeout(probe, AGAIN);
}

export function lost() {
  if (!connected) return;
  change(false);
  setTimeout(probe, AGAIN);
}

// Calls back when the service answers again; the result ends that.
export function onReturn(callback) {
  const listener = (state) => state && callback();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnection() {
  const [state, setState] = useState(connected);
  useEffect(() => {
    listeners.add(setState);
    return () => listeners.delete(setState);
  }, []);
  return state;
}
