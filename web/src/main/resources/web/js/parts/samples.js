// Designs of a space as pictures, with what they cost.
import { html } from '../html.js';
import { value } from '../format.js';
import { useLoad } from '../load.js';

// A sample brings its drawing along, or the path of it.
const source = ({ svg, drawing }) => drawing || (svg && `data:image/svg+xml,${encodeURIComponent(svg)}`);

export function Samples({ samples }) {
  const catalog = useLoad('/v1/metrics');
  const units = new Map((catalog.data?.items || []).map(({ name, unit }) => [name, unit]));
  return html`<ul class="samples" aria-label="Drawings">
    ${samples.map((sample) => html`<li key=${sample.genome}>
      ${source(sample)
        ? html`<a href=${sample.drawing || undefined} target="_blank" rel="noopener"><img loading="lazy" src=${source(sample)} alt=${`Network ${sample.genome}`} /></a>`
        : html`<p class="soft">too large to be drawn here</p>`}
      <p class="soft">${Object.entries(sample.costs).map(([name, cost]) => `${name} ${value(cost, units.get(name))}`).join(' · ')}</p>
    </li>`)}
  </ul>`;
}
