// Every candidate's first objective over its number, and the best so far.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { html } from '../html.js';

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function series(points, direction) {
  const sorted = [...points].sort((a, b) => a[0] - b[0]);
  const better = direction === 'minimize' ? Math.min : Math.max;
  let best = null;
  const bests = sorted.map(([, value]) => (best = best === null ? value : better(best, value)));
  return [sorted.map((point) => point[0]), sorted.map((point) => point[1]), bests];
}

function options(width, metric, select) {
  const axis = {
    stroke: color('--ink-soft'),
    grid: { stroke: color('--line'), width: 1 },
    ticks: { stroke: color('--line'), width: 1 },
  };
  return {
    width,
    height: 280,
    legend: { live: true },
    cursor: { drag: { x: true, y: false } },
    scales: { x: { time: false } },
    axes: [{ ...axis, label: 'candidate' }, { ...axis, size: 70 }],
    series: [
      { label: 'candidate' },
      { label: metric, paths: () => null, points: { show: true, size: 4, stroke: color('--ink-faint'), fill: color('--ink-faint') } },
      { label: 'best so far', stroke: color('--accent'), width: 2, paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } },
    ],
    hooks: {
      init: [
        (plot) =>
          plot.over.addEventListener('click', () => {
            const { idx } = plot.cursor;
            if (idx !== null && idx !== undefined) select(plot.data[0][idx]);
          }),
      ],
    },
  };
}

export function History({ points, metric, direction, onSelect }) {
  const host = useRef(null);
  const plot = useRef(null);
  const select = useRef(onSelect);
  select.current = onSelect;
  useEffect(() => {
    const make = () => {
      plot.current?.destroy();
      plot.current = new uPlot(options(host.current.clientWidth, metric, (n) => select.current(n)), [[], [], []], host.current);
    };
    make();
    plot.current.setData(series(points, direction));
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => {
      const data = plot.current.data;
      make();
      plot.current.setData(data);
    };
    const observer = new ResizeObserver(() => plot.current.setSize({ width: host.current.clientWidth, height: 280 }));
    observer.observe(host.current);
    scheme.addEventListener('change', repaint);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', repaint);
      plot.current.destroy();
      plot.current = null;
    };
  }, [metric, direction]);
  useEffect(() => plot.current?.setData(series(points, direction)), [points, direction]);
  return html`<div ref=${host} role="img" aria-label=${`${metric} of ${points.length} candidates over time, and the best so far`}></div>`;
}
