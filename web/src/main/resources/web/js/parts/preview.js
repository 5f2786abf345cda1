// What a document would search: size of the space, reach of the cheap metrics, a few designs.
import { html } from '../html.js';
import { count, value } from '../format.js';

const UNITS = { peak_memory: 'bytes' };

export function Preview({ result }) {
  const { size, ranges, samples } = result;
  const names = Object.keys(ranges);
  return html`<div class="stack">
    <div>The space has <strong>${count(BigInt(size))}</strong> designs.</div>
    <div class="scroll">
      <table>
        <thead><tr><th>Cheap metric</th><th class="number">Smallest</th><th class="number">Largest</th></tr></thead>
        <tbody>
          ${names.map((name) => html`<tr>
            <td>${name}</td>
            <td class="number">${value(ranges[name].min, UNITS[name])}</td>
            <td class="number">${value(ranges[name].max, UNITS[name])}${ranges[name].exact ? '' : ' or more'}</td>
          </tr>`)}
        </tbody>
      </table>
    </div>
    <div class="scroll">
      <table>
        <thead><tr><th>Sample design</th>${names.map((name) => html`<th class="number">${name}</th>`)}</tr></thead>
        <tbody>
          ${samples.map((sample) => html`<tr>
            <td class="mono">${sample.text}</td>
            ${names.map((name) => html`<td class="number">${value(sample.costs[name], UNITS[name])}</td>`)}
          </tr>`)}
        </tbody>
      </table>
    </div>
  </div>`;
}
