// Candidates by two metrics; the Pareto front stands out and every point opens its candidate.
import { useEffect, useRef } from 'preact/hooks';
import * as echarts from 'echarts';
import { html } from '../html.js';
import { value } from '../format.js';

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function axis(metric) {
  return {
    type: 'value',
    name: metric.unit ? `${metric.name} (${metric.unit})` : metric.name,
    nameLocation: 'middle',
    nameGap: 32,
    scale: true,
    axisLabel: { color: color('--ink-soft'), formatter: (number) => value(number, metric.unit), hideOverlap: true },
    nameTextStyle: { color: color('--ink-soft') },
    axisLine: { lineStyle: { color: color('--line') } },
    splitLine: { lineStyle: { color: color('--line') } },
  };
}

function options(points, front, selected, x, y) {
  const tooltip = ({ data: [number, px, py] }) =>
    `#${number}<br>${x.name}: ${value(px, x.unit)}<br>${y.name}: ${value(py, y.unit)}`;
  const dot = (name, data, size, fill, z) => ({
    name,
    type: 'scatter',
    data,
    encode: { x: 1, y: 2 },
    symbolSize: size,
    itemStyle: { color: fill, opacity: z > 2 ? 1 : 0.55 },
    z,
    large: false,
  });
  return {
    animation: false,
    grid: { left: 66, right: 18, top: 34, bottom: 48 },
    legend: { top: 0, textStyle: { color: color('--ink-soft') } },
    tooltip: {
      trigger: 'item',
      formatter: tooltip,
      backgroundColor: color('--surface'),
      borderColor: color('--line'),
      textStyle: { color: color('--ink') },
    },
    xAxis: axis(x),
    yAxis: { ...axis(y), nameGap: 50 },
    series: [
      dot('candidates', points.filter(([number]) => !front.has(number)), 5, color('--ink-faint'), 2),
      dot('front', points.filter(([number]) => front.has(number)), 9, color('--accent'), 3),
      dot('selected', points.filter(([number]) => number === selected), 14, color('--warn'), 4),
    ],
  };
}

export function Scatter({ points, front, selected, x, y, onSelect }) {
  const host = useRef(null);
  const chart = useRef(null);
  const select = useRef(onSelect);
  select.current = onSelect;
  const draw = useRef(null);
  draw.current = () => chart.current?.setOption(options(points, front, selected, x, y), true);
  useEffect(() => {
    chart.current = echarts.init(host.current, null, { renderer: 'canvas' });
    chart.current.on('click', ({ data }) => data && select.current(data[0]));
    draw.current();
    const observer = new ResizeObserver(() => chart.current.resize());
    observer.observe(host.current);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => draw.current();
    scheme.addEventListener('change', repaint);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', repaint);
      chart.current.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => draw.current(), [points, front, selected, x, y]);
  return html`<div ref=${host} class="chart" role="img" data-points=${points.length}
    aria-label=${`${points.length} candidates by ${x.name} and ${y.name}, ${front.size} on the front`}></div>`;
}
