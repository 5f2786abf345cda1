// Figures of a training over its steps: lines of what every point has, dots where something is known now and then.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { html } from '../html.js';
import { axis, tooltip } from '../axes.js';
import { count, tick, value } from '../format.js';
import { color, useScheme } from '../theme.js';

const HEIGHT = 260;

// series: [{ key, name, seldom }]; a figure is a member of the point, times `scale`
const table = (points, series, scale) => [
  points.map(({ step }) => step),
  ...series.map(({ key }) => points.map((point) => (point[key] === null ? null : point[key] * scale))),
];

function options(width, series, unit, steps) {
  const lines = ['--accent', '--warn'].map(color);
  const tip = tooltip((data, at) =>
    [
      `step ${count(data[0][at])}`,
      ...series.flatMap(({ name }, i) => (data[i + 1][at] === null ? [] : [`${name} ${value(data[i + 1][at], unit)}`])),
    ].join('\n'),
  );
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: true, y: false }, y: false, points: { size: 8, width: 2 } },
    scales: { x: { time: false, range: (_, low, high) => [0, steps() ?? high ?? 1] } },
    axes: [
      axis({ label: 'step', labelSize: 22, size: 34, values: (_, ticks) => ticks.map((number) => (Number.isInteger(number) ? tick(number) : '')) }),
      axis({ size: 62, space: 36, values: (_, ticks) => ticks.map((number) => tick(number, unit)) }),
    ],
    series: [
      {},
      ...series.map(({ seldom }, i) => ({
        stroke: lines[i],
        width: 1.6,
        spanGaps: true,
        points: { show: Boolean(seldom), size: 6, fill: lines[i] },
      })),
    ],
    hooks: { init: [tip.init], setCursor: [tip.setCursor] },
  };
}

export function Curve({ points, series, steps, unit = '', scale = 1, label }) {
  const host = useRef(null);
  const plot = useRef(null);
  const all = useRef(steps);
  all.current = steps;
  const scheme = useScheme();
  useEffect(() => {
    plot.current = new uPlot(options(host.current.clientWidth, series, unit, () => all.current), table(points, series, scale), host.current);
    const observer = new ResizeObserver(() => plot.current.setSize({ width: host.current.clientWidth, height: HEIGHT }));
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      plot.current.destroy();
      plot.current = null;
    };
  }, [unit, scheme]);
  useEffect(() => plot.current.setData(table(points, series, scale)), [points, steps]);
  return html`<ul class="legend above">
      ${series.map(({ name }, i) => html`<li class=${`swatch line${i ? ' second' : ''}`}>${name}</li>`)}
    </ul>
    <div ref=${host} class="curve" data-points=${points.length} role="img" aria-label=${`${label} over ${count(points.length)} points of the curve`}></div>`;
}
