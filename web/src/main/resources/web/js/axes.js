// An axis of a plot in the style sheet's colours and type.
import { color, font } from './theme.js';

export function axis(extra) {
  return {
    stroke: color('--ink-soft'),
    font: font(11),
    labelFont: font(12),
    grid: { stroke: color('--grid'), width: 1 },
    ticks: { stroke: color('--line'), width: 1, size: 5 },
    ...extra,
  };
}

// Says what is under the pointer; `text` of an index into the plot's data.
export function tooltip(text) {
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;
  return {
    init: (plot) => plot.over.append(tip),
    setCursor: (plot) => {
      const { idx, left, top } = plot.cursor;
      tip.hidden = idx === null || idx === undefined || left < 0 || !plot.data[0].length;
      if (tip.hidden) return;
      tip.textContent = text(plot.data, idx);
      const beyond = left > plot.over.clientWidth / 2;
      tip.style.left = beyond ? '' : `${left + 12}px`;
      tip.style.right = beyond ? `${plot.over.clientWidth - left + 12}px` : '';
      tip.style.top = `${Math.min(top + 12, plot.over.clientHeight - 66)}px`;
    },
  };
}
