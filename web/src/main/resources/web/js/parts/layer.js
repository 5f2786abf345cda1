// A candidate that is a layer: its formula, its graph without what leads nowhere, its response, what is certain about it.
import { html } from '../html.js';
import { Formula } from './formula.js';
import { LayerCurves } from './layer-curves.js';
import { LayerCost } from './layer-cost.js';
import { LayerFacts } from './layer-facts.js';

const picture = (svg) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

export function Layer({ layer, path }) {
  return html`<div class="stack layer">
    <${Formula} formula=${layer.formula} />
    <div class="columns">
      ${layer.svg && html`<section aria-label="Graph">
        <h3>Graph</h3>
        <div class="picture scroll" tabindex="0"><img src=${picture(layer.svg)} alt=${`The graph of ${layer.formula.text}`} /></div>
      </section>`}
      <div class="stack">
        <${LayerFacts} layer=${layer} />
        <${LayerCost} key=${path} path=${path} />
      </div>
    </div>
    ${layer.curves?.length > 0 && html`<${LayerCurves} curves=${layer.curves} />`}
  </div>`;
}
