// The rejection funnel as rows: how many proposals reached a stage, how many ended there, and how fast.
import { useRef } from 'preact/hooks';

const WINDOW = 30; // seconds of the search that a rate is taken over

// { drawn, stages: [{ name, phase, rejected }], measured } -> [{ name, phase, reached, rejected, passed }], the first stage first
export function rowsOf({ drawn, stages }) {
  let reached = drawn;
  return stages.map(({ name, phase, rejected }) => {
    const row = { name, phase, reached, rejected, passed: reached - rejected };
    reached = row.passed;
    return row;
  });
}

// Every count of a funnel by its place: drawn first, measured last.
const countsOf = ({ drawn, stages, measured }) => [drawn, ...stages.map(({ rejected }) => rejected), measured];

// The counts' rates per second: lately while it runs, over all of it otherwise. They are taken over the search's own seconds,
// so that neither a pause nor a slow answer shows in them.
export function useRates(funnel, seconds, running) {
  const samples = useRef([]);
  const counts = countsOf(funnel);
  const known = samples.current;
  const last = known.at(-1);
  if (last && (seconds < last.seconds || counts.length !== last.counts.length)) known.length = 0;
  if (!known.length || seconds > known.at(-1).seconds) known.push({ seconds, counts });
  while (known.length > 2 && known[1].seconds <= seconds - WINDOW) known.shift();
  const from = running && known.length > 1 ? known[0] : { seconds: 0, counts: counts.map(() => 0) };
  const to = known.at(-1);
  const span = to.seconds - from.seconds;
  return to.counts.map((count, i) => (span > 0 ? (count - from.counts[i]) / span : 0));
}
