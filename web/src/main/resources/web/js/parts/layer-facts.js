// What is certain about a layer, and what it costs beside BN-ReLU where the service runs.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { get } from '../api.js';
import { tick, value, words } from '../format.js';
import { Trouble } from './panel.js';

const isObject = (fact) => fact !== null && typeof fact === 'object' && !Array.isArray(fact);

function said(fact) {
  if (fact === true) return 'yes';
  if (fact === false) return 'no';
  if (typeof fact === 'number') return value(Number(fact.toPrecision(4)));
  if (Array.isArray(fact)) return fact.map(said).join(', ') || 'none';
  return String(fact ?? '–');
}

function Fact({ name, fact }) {
  if (isObject(fact)) {
    const { holds, ...rest } = fact;
    const more = Object.entries(rest).filter(([, each]) => each !== null && each !== undefined);
    return html`<div>
      <dt>${words(name)}</dt>
      <dd>${holds !== undefined && html`<span class=${`badge ${holds ? 'front' : ''}`}>${said(holds)}</span> `}
        ${more.map(([key, each], i) => html`${i > 0 && ' · '}<span class="soft">${words(key)}</span> ${said(each)}`)}</dd>
    </div>`;
  }
  return html`<div><dt>${words(name)}</dt><dd>${typeof fact === 'boolean' ? html`<span class=${`badge ${fact ? 'front' : ''}`}>${said(fact)}</span>` : said(fact)}</dd></div>`;
}

const MEANING = {
  b: 'B: moments of the batch, so samples see each other in training',
  s: 'S: each sample by itself, the same at any batch size',
};

export function LayerFacts({ layer }) {
  const { series, moving_averages: averages, vectors, certificates, nearest, live_nodes: nodes } = layer;
  const named = (each) => (isObject(each) ? `${each.name}${each.initial === undefined ? '' : ` (${tick(each.initial)} at first)`}` : each);
  return html`<section aria-label="Properties">
    <h3>Properties</h3>
    <dl class="facts">
      <${Fact} name="series" fact=${MEANING[String(series).toLowerCase()] || series} />
      <${Fact} name="nodes with a part in it" fact=${nodes} />
      <${Fact} name="moving averages" fact=${(averages || []).map(named)} />
      <${Fact} name="trained vectors" fact=${(vectors || []).map(named)} />
      ${nearest && html`<${Fact} name="nearest known layer" fact=${`${nearest.name}, ${nearest.distance === 0 ? 'the same function' : `${tick(Number(nearest.distance.toPrecision(3)))} away`}`} />`}
      ${Object.entries(certificates || {}).map(([name, fact]) => html`<${Fact} key=${name} name=${name} fact=${fact} />`)}
    </dl>
  </section>`;
}

// Measured only when asked for: it takes a core for a while.
export function LayerCost({ path }) {
  const [state, setState] = useState({});
  const measure = async () => {
    setState({ busy: true });
    try {
      setState({ cost: await get(`${path}/layer/cost`) });
    } catch (problem) {
      setState({ problem });
    }
  };
  const { busy, cost, problem } = state;
  return html`<section aria-label="Cost">
    <h3>Cost beside BN-ReLU</h3>
    ${problem && html`<${Trouble} problem=${problem} />`}
    ${cost && html`<dl class="facts">${Object.entries(cost).map(([name, fact]) => html`<${Fact} key=${name} name=${name} fact=${fact} />`)}</dl>`}
    <p><button disabled=${busy} onClick=${measure}>${busy ? 'Measuring …' : cost ? 'Measure again' : 'Measure here'}</button></p>
  </section>`;
}
