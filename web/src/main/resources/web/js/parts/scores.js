// All objectives of many candidates at once: an axis each, a line through them for every candidate. The front stands out, and
// every line opens its candidate.
import { useEffect, useRef } from 'preact/hooks';
import * as echarts from 'echarts';
import { html } from '../html.js';
import { count, tick, value } from '../format.js';
import { color, useScheme } from '../theme.js';
import { Panel } from './panel.js';

const ANCHOR = 'accuracy_';

// An anchor by its own name.
export const anchorOf = (name) => (name.startsWith(ANCHOR) ? name.slice(ANCHOR.length) : name);

const whole = (measurements, metrics) => metrics.every(({ name }) => Number.isFinite(measurements?.[name]));

// [each metric's value ..., number]
const lines = (members, metrics) =>
  members
    .filter(([, measurements]) => whole(measurements, metrics))
    .map(([number, measurements]) => [...metrics.map(({ name }) => measurements[name]), number]);

// From a round number to a round number around all that is drawn.
function extent(rows, at) {
  const values = rows.map((row) => row[at]);
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!values.length) return {};
  const step = 10 ** Math.floor(Math.log10(Math.max(high - low, Math.abs(high) * 1e-3, 1e-9)) - 0.3);
  return { min: Math.floor(low / step) * step, max: Math.ceil(high / step) * step };
}

function series(name, data, line, z) {
  return { name, type: 'parallel', data, z, lineStyle: line, inactiveOpacity: 0.08, smooth: false };
}

function options({ metrics, recent, front, selected }) {
  const others = recent.filter(({ number }) => !front.has(number)).map(({ number, measurements }) => [number, measurements]);
  const marked = selected ? [[selected.number, selected.measurements]] : [];
  const drawn = [lines(others, metrics), lines([...front], metrics), lines(marked, metrics)];
  const text = ({ data }) =>
    `<b>#${data.at(-1)}</b>${front.has(data.at(-1)) ? ' on the front' : ''}<br>${metrics.map(({ name, unit }, i) => `${anchorOf(name)} ${value(data[i], unit)}`).join('<br>')}`;
  return {
    animation: false,
    textStyle: { fontFamily: color('--sans') },
    color: [color('--dot'), color('--accent'), color('--warn')],
    legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 3, icon: 'rect', textStyle: { color: color('--ink-soft'), fontSize: 12 }, selectedMode: false },
    parallel: { left: 46, right: 62, top: 70, bottom: 18 },
    parallelAxis: metrics.map(({ name, unit, direction }, dim) => ({
      dim,
      name: anchorOf(name),
      inverse: direction === 'minimize', // better is above on every axis
      ...extent(drawn.flat(), dim),
      nameTextStyle: { color: color('--ink-soft'), fontSize: 12 },
      axisLabel: { color: color('--ink-soft'), fontSize: 11, formatter: (number) => tick(number, unit) },
      axisLine: { lineStyle: { color: color('--line'), width: 1.5 } },
      axisTick: { lineStyle: { color: color('--line') } },
      areaSelectStyle: { color: color('--accent'), borderColor: color('--accent'), opacity: 0.15, width: 14 },
    })),
    tooltip: { trigger: 'item', formatter: text, backgroundColor: color('--surface'), borderColor: color('--line'), textStyle: { color: color('--ink'), fontSize: 12 }, confine: true, transitionDuration: 0 },
    series: [
      series('Newest candidates', drawn[0], { color: color('--dot'), width: 1, opacity: 0.35 }, 2),
      series('Pareto front', drawn[1], { color: color('--accent'), width: 2, opacity: 0.85 }, 3),
      series('Selected', drawn[2], { color: color('--warn'), width: 3.5, opacity: 1 }, 4),
    ],
  };
}

// metrics: the objectives; recent: [{ number, measurements }]; front: number to measurements; selected: a candidate or null
export function Scores(props) {
  const { metrics, recent, front, selected, onSelect } = props;
  const host = useRef(null);
  const chart = useRef(null);
  const select = useRef(onSelect);
  select.current = onSelect;
  const scheme = useScheme();
  useEffect(() => {
    chart.current = echarts.init(host.current, null, { renderer: 'canvas' });
    chart.current.on('click', ({ data }) => data && select.current(data.at(-1)));
    const observer = new ResizeObserver(() => chart.current.resize());
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      chart.current.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => chart.current.setOption(options(props), { replaceMerge: ['series', 'parallelAxis'] }), [metrics, recent, front, selected, scheme]);
  const anchors = metrics.every(({ name }) => name.startsWith(ANCHOR));
  return html`<${Panel} title=${anchors ? 'Scores per anchor' : 'All objectives'}>
    <div ref=${host} class="chart" role="img" data-lines=${recent.length}
      aria-label=${`The newest ${count(recent.length)} candidates and the front by ${metrics.map(({ name }) => anchorOf(name)).join(', ')}; the table of candidates has the same figures`}></div>
  <//>`;
}
