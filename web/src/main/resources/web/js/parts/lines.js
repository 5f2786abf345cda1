// Curves over a common axis: a line each, told apart by colour.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { html } from '../html.js';
import { axis, tooltip } from '../axes.js';
import { tick, value } from '../format.js';
import { color, useScheme } from '../theme.js';

const HEIGHT = 240;
export const LINES = ['--accent', '--warn', '--info', '--bad', '--join', '--dot'];

const finite = (number) => (Number.isFinite(number) ? number : null);

// Every curve over all places that any has.
const table = (curves) => uPlot.join(curves.map(({ x, y }) => [x, y.map(finite)]));

function options(width, curves, label) {
  const tip = tooltip((data, at) =>
    [`x ${tick(data[0][at])}`, ...curves.flatMap(({ name }, i) => (Number.isFinite(data[i + 1][at]) ? [`${name}  ${value(data[i + 1][at])}`] : []))].join('\n'),
  );
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: true, y: false }, y: false, points: { size: 7, width: 2 } },
    scales: { x: { time: false } },
    axes: [axis({ label: 'x', labelSize: 20, size: 32, values: (_, ticks) => ticks.map((each) => tick(each)) }), axis({ label, labelSize: 20, size: 52, space: 32, values: (_, ticks) => ticks.map((each) => tick(each)) })],
    series: [{}, ...curves.map((_, i) => ({ stroke: color(LINES[i % LINES.length]), width: 1.8, points: { show: false } }))],
    hooks: { init: [tip.init], setCursor: [tip.setCursor] },
  };
}

// curves: [{ name, x, y }]
export function Lines({ curves, label, description }) {
  const host = useRef(null);
  const scheme = useScheme();
  useEffect(() => {
    const plot = new uPlot(options(host.current.clientWidth, curves, label), table(curves), host.current);
    const observer = new ResizeObserver(() => host.current && plot.setSize({ width: host.current.clientWidth, height: HEIGHT }));
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [curves, label, scheme]);
  return html`<div ref=${host} class="lines" data-curves=${curves.length} role="img" aria-label=${description}></div>`;
}
