// Every candidate's first objective over its number, and the best so far.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { html } from '../html.js';
import { axis, tooltip } from '../axes.js';
import { count, tick, value } from '../format.js';
import { color, useScheme } from '../theme.js';

const HEIGHT = 300;
const FEWEST = 10; // numbers on the axis where there is nothing yet

// points by number -> [numbers, values, best so far]
function table(points, direction) {
  const better = direction === 'minimize' ? Math.min : Math.max;
  let best = null;
  const bests = points.map(([, y]) => (best = best === null ? y : better(best, y)));
  return [points.map(([number]) => number), points.map(([, y]) => y), bests];
}

function options(width, metric, marked, select) {
  const tip = tooltip(
    ([numbers, values, bests], at) => `#${numbers[at]}\n${metric.name} ${value(values[at], metric.unit)}\nbest so far ${value(bests[at], metric.unit)}`,
  );
  const dot = color('--dot');
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: true, y: false }, y: false, points: { size: 8, width: 2 } },
    scales: { x: { time: false, range: (_, low, high) => [low ?? 0, (high ?? FEWEST) + Math.max((high - low) * 0.02, low === high ? FEWEST : 0)] } },
    axes: [
      axis({ label: 'candidate', labelSize: 22, size: 34, values: (_, ticks) => ticks.map((number) => (Number.isInteger(number) ? count(number) : '')) }),
      axis({ size: 62, space: 36, values: (_, ticks) => ticks.map((number) => tick(number, metric.unit)) }),
    ],
    series: [
      {},
      { paths: () => null, stroke: dot, points: { show: true, size: 4, width: 0, fill: dot } },
      { stroke: color('--accent'), width: 2, paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } },
    ],
    hooks: {
      init: [
        tip.init,
        (plot) =>
          plot.over.addEventListener('click', () => {
            const { idx } = plot.cursor;
            if (idx !== null && idx !== undefined && plot.data[0].length) select(plot.data[0][idx]);
          }),
      ],
      setCursor: [tip.setCursor],
      draw: [(plot) => mark(plot, marked())],
    },
  };
}

// The selected candidate, ringed.
function mark(plot, number) {
  const at = plot.data[0].indexOf(number);
  if (at < 0) return;
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = color('--warn');
  ctx.lineWidth = 2.5 * devicePixelRatio;
  ctx.beginPath();
  ctx.arc(plot.valToPos(number, 'x', true), plot.valToPos(plot.data[1][at], 'y', true), 7 * devicePixelRatio, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.restore();
}

export function History({ points, metric, direction, selected, onSelect }) {
  const host = useRef(null);
  const plot = useRef(null);
  const now = useRef({});
  now.current = { select: onSelect, selected };
  const scheme = useScheme();
  useEffect(() => {
    const make = options(host.current.clientWidth, metric, () => now.current.selected, (number) => now.current.select(number));
    plot.current = new uPlot(make, table(points, direction), host.current);
    const observer = new ResizeObserver(() => plot.current.setSize({ width: host.current.clientWidth, height: HEIGHT }));
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      plot.current.destroy();
      plot.current = null;
    };
  }, [metric.name, direction, scheme]);
  useEffect(() => plot.current.setData(table(points, direction)), [points]);
  useEffect(() => plot.current.redraw(false), [selected]);
  return html`<ul class="legend above">
      <li class="swatch dot">Candidates</li>
      <li class="swatch line">Best so far</li>
    </ul>
    <div ref=${host} class="history" role="img" aria-label=${`${metric.name} of ${count(points.length)} candidates in the order of their numbers, and the best so far`}></div>`;
}
