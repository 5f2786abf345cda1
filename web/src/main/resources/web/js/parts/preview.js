// What a document would search: size of the space, reach of the cheap metrics, a few designs.
import { html } from '../html.js';
import { large, value } from '../format.js';
import { useLoad } from '../load.js';

export function Preview({ result }) {
  const { size, ranges, samples } = result;
  const catalog = useLoad('/v1/metrics');
  const names = Object.keys(ranges);
  const units = new Map((catalog.data?.items || []).map(({ name, unit }) => [name, unit]));
  return html`<div class="stack">
    <p><strong class="figure">${large(size)}</strong> <span class="soft">designs in the space</span></p>
    <section aria-label="Cheap metrics">
      <h3>Cheap metrics over the space</h3>
      <div class="scroll" tabindex="0">
        <table class="tight">
          <thead><tr><th>Metric</th><th class="number">Smallest</th><th class="number">Largest</th></tr></thead>
          <tbody>
            ${names.map((name) => html`<tr>
              <td>${name}</td>
              <td class="number">${value(ranges[name].min, units.get(name))}${ranges[name].exact ? '' : ' or less'}</td>
              <td class="number">${value(ranges[name].max, units.get(name))}${ranges[name].exact ? '' : ' or more'}</td>
            </tr>`)}
          </tbody>
        </table>
      </div>
    </section>
    <section aria-label="Samples">
      <h3>${samples.length} designs drawn at random</h3>
      ${samples.length === 0 && html`<p class="soft">No design that was drawn could be moved into the constraints: they leave little or nothing.</p>`}
      <div class="scroll" tabindex="0">
        <table class="tight">
          <thead><tr>${names.map((name) => html`<th class="number">${name}</th>`)}<th>Design</th></tr></thead>
          <tbody>
            ${samples.map((sample) => html`<tr>
              ${names.map((name) => html`<td class="number">${value(sample.costs[name], units.get(name))}</td>`)}
              <td class="mono nowrap">${sample.text}</td>
            </tr>`)}
          </tbody>
        </table>
      </div>
    </section>
  </div>`;
}
