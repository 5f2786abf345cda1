// Candidates by two metrics; the Pareto front stands out, joined by the steps of what it attains, and every point opens its
// candidate. With the arrow keys one walks along the front.
import { useEffect, useRef } from 'preact/hooks';
import * as echarts from 'echarts';
import { html } from '../html.js';
import { count, tick, unitBeside, value } from '../format.js';
import { color, useScheme } from '../theme.js';

const title = (metric) => (unitBeside(metric) ? `${metric.name} (${metric.unit})` : metric.name);

function axis(metric, gap) {
  return {
    type: 'value',
    name: title(metric),
    nameLocation: 'middle',
    nameGap: gap,
    scale: true,
    splitNumber: 5,
    axisLabel: { color: color('--ink-soft'), fontSize: 11, formatter: (number) => tick(number, metric.unit), hideOverlap: true },
    nameTextStyle: { color: color('--ink-soft'), fontSize: 12 },
    axisLine: { show: true, onZero: false, lineStyle: { color: color('--line') } },
    axisTick: { show: true, lineStyle: { color: color('--line') } },
    splitLine: { lineStyle: { color: color('--grid') } },
    axisPointer: { show: false },
  };
}

const has = (measurements, metric) => Number.isFinite(measurements?.[metric.name]);

// The front's members that have both metrics, as points from left to right.
export function frontPoints(front, x, y) {
  return [...front]
    .filter(([, measurements]) => has(measurements, x) && has(measurements, y))
    .map(([number, measurements]) => [number, measurements[x.name], measurements[y.name]])
    .sort((a, b) => a[1] - b[1] || a[2] - b[2]);
}

// Those that no other exceeds in these two metrics, in the same order: of a front over more objectives, some of it.
export function attained(along, x, y) {
  const better = y.direction === 'minimize' ? (a, b) => a < b : (a, b) => a > b;
  let best = null;
  const kept = (x.direction === 'minimize' ? along : along.toReversed()).filter(([, , height]) => {
    const further = best === null || better(height, best);
    if (further) best = height;
    return further;
  });
  return x.direction === 'minimize' ? kept : kept.reverse();
}

function series(points, front, frontLine, selected, x, y) {
  const encode = { x: 1, y: 2 };
  const ring = { color: 'transparent', borderColor: color('--warn'), borderWidth: 2.5 };
  const others = points.filter(([number]) => !front.has(number));
  const members = frontPoints(front, x, y);
  const kept = frontLine ? attained(members, x, y) : members;
  const shown = new Set(kept);
  const rest = members.filter((member) => !shown.has(member));
  const line = {
    name: 'Pareto front',
    type: 'line',
    // What is attained changes at the point that attains it: before it where less is better, after it otherwise.
    step: frontLine && (x.direction === 'minimize' ? 'end' : 'start'),
    data: kept,
    encode,
    symbol: 'circle',
    symbolSize: 9,
    showAllSymbol: true,
    lineStyle: { color: color('--accent'), width: frontLine ? 2 : 0 },
    itemStyle: { color: color('--accent'), borderColor: color('--surface'), borderWidth: 1 },
    z: 3,
  };
  return [
    { name: 'Candidates', type: 'scatter', data: others, encode, symbolSize: 5, itemStyle: { color: color('--dot'), opacity: 0.6 }, z: 2, large: others.length > 4000, largeThreshold: 4000 },
    line,
    ...(rest.length
      ? [{ name: 'On the front by another objective', type: 'scatter', data: rest, encode, symbolSize: 8, itemStyle: { color: color('--accent-soft'), borderColor: color('--accent'), borderWidth: 1.5 }, z: 3 }]
      : []),
    { name: 'Selected', type: 'scatter', data: selected ? [selected] : [], encode, symbolSize: 17, itemStyle: ring, z: 4, silent: true },
  ];
}

const NARROW = 440; // pixels that the legend does not fit into one row of

function options(props, width) {
  const { points, front, frontLine, selected, x, y } = props;
  const tooltip = ({ data: [number, px, py] }) =>
    `<b>#${number}</b>${front.has(number) ? ' on the front' : ''}<br>${x.name} ${value(px, x.unit)}<br>${y.name} ${value(py, y.unit)}`;
  return {
    animation: false,
    textStyle: { fontFamily: color('--sans') },
    grid: { left: 70, right: 20, top: width < NARROW ? 52 : 36, bottom: 50 },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 9, textStyle: { color: color('--ink-soft'), fontSize: 12 }, selectedMode: false },
    tooltip: {
      trigger: 'item',
      formatter: tooltip,
      backgroundColor: color('--surface'),
      borderColor: color('--line'),
      textStyle: { color: color('--ink'), fontSize: 12 },
      confine: true,
      transitionDuration: 0,
    },
    xAxis: axis(x, 32),
    yAxis: axis(y, 54),
    series: series(points, front, frontLine, selected, x, y),
  };
}

// points: [number, x, y]; front: number to measurements; frontLine: whether x and y are among what the front is about;
// selected: [number, x, y] or null
export function Scatter(props) {
  const { points, front, selected, x, y, onSelect } = props;
  const host = useRef(null);
  const chart = useRef(null);
  const select = useRef(onSelect);
  select.current = onSelect;
  const scheme = useScheme();
  useEffect(() => {
    chart.current = echarts.init(host.current, null, { renderer: 'canvas' });
    chart.current.on('click', ({ data }) => data && select.current(data[0]));
    const observer = new ResizeObserver(() => chart.current.resize());
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      chart.current.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => chart.current.setOption(options(props, host.current.clientWidth), { replaceMerge: ['series'] }), [points, front, selected?.[0], x, y, scheme]);
  const walk = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const along = frontPoints(front, x, y);
    const at = along.findIndex(([number]) => number === selected?.[0]);
    const next = along[at < 0 ? (step > 0 ? 0 : along.length - 1) : at + step];
    if (next) onSelect(next[0]);
  };
  return html`<div ref=${host} class="chart" tabindex="0" role="application" onKeyDown=${walk} data-points=${points.length}
    aria-label=${`${count(points.length)} candidates by ${x.name} and ${y.name}, ${count(front.size)} on the front. Left and right walk along the front.`}></div>`;
}
