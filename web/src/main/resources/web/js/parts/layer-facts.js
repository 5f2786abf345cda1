// What is certain about a layer: its series, what has to be kept with its weights, and properties that were tried.
import { html } from '../html.js';
import { tick, words } from '../format.js';

const short = (number) => tick(Number(number.toPrecision(3)));

const Fact = ({ name, about, children }) => html`<div title=${about}>
  <dt>${name}</dt>
  <dd>${children}</dd>
</div>`;

const Verdict = ({ holds }) => html`<span class=${`badge ${holds ? 'front' : ''}`}>${holds ? 'yes' : 'no'}</span>`;

const SERIES = {
  b: 'B: samples of a batch see each other in training; moving averages stand for them in inference.',
  s: 'S: each sample by itself, the same at any batch size.',
};

// Properties by the names of their certificates; others are told by their names alone.
const PROPERTIES = {
  scale_invariance: ['scale invariance', 'f(1000 x) against f(x), with epsilon all but 0'],
  batch_invariance: ['sample independent of its batch', 'A sample’s output in training beside other samples'],
  evaluation_parity: ['evaluation as training', 'With the moments of the batch as moving averages'],
};

const SPOTS = { constant_inputs: 'constant inputs', single_pixels: 'maps of 1×1', single_sample: 'a single 1×1 map' };

function Property({ name, property }) {
  const { holds, difference } = property;
  const [label, about] = PROPERTIES[name] || [words(name), ''];
  return html`<${Fact} name=${label} about=${about}><${Verdict} holds=${holds} />
    <span class="soft"> ${Number.isFinite(difference) ? `largest difference ${short(difference)}` : 'not finite'}</span>
  <//>`;
}

function Averages({ averages }) {
  if (averages.length === 0) return html`<span class="soft">none</span>`;
  return html`<ul class="plain">${averages.map((each) => html`<li>${each.name ?? each}${each.of && html` <span class="soft">${words(each.of)}, ${short(each.initial)} at first</span>`}</li>`)}</ul>`;
}

function Vectors({ vectors }) {
  const used = vectors.filter((each) => each.used !== false);
  if (used.length === 0) return html`<span class="soft">none beside scale and shift</span>`;
  return used.map((each, i) => html`${i > 0 && ', '}<span class="mono">${each.name ?? each}</span>${each.initial !== undefined && html` <span class="soft">${short(each.initial)} at first</span>`}`);
}

const FAR = 0.75; // from here on two layers have next to nothing in common; 1 is the largest distance

function near({ name, distance }) {
  if (distance === 1) return 'none has an operation in common with it';
  if (distance === 0) return `${name}, the same function`;
  return `${distance < FAR ? '' : 'none is like it; '}${name} is ${short(distance)} away, where 1 is the largest`;
}

export function LayerFacts({ layer }) {
  const { series, vectors, certificates = {}, nearest, moving_averages: averages, live_nodes: nodes } = layer;
  const properties = Object.entries(certificates).filter(([, fact]) => typeof fact?.holds === 'boolean');
  const { finite, worst_gradient: worst, advice } = certificates;
  return html`<section aria-label="Properties">
    <h3>Properties</h3>
    <dl class="facts">
      <${Fact} name="series">${advice || SERIES[String(series).toLowerCase()] || series}<//>
      <${Fact} name="nodes with a part in it">${nodes}<//>
      <${Fact} name="moving averages" about="What has to be kept with the weights"><${Averages} averages=${averages || []} /><//>
      <${Fact} name="trained vectors" about="One number per channel each"><${Vectors} vectors=${vectors || []} /><//>
      ${nearest && html`<${Fact} name="nearest known layer">${near(nearest)}<//>`}
      ${properties.map(([name, property]) => html`<${Property} key=${name} name=${name} property=${property} />`)}
      ${finite && html`<${Fact} name="finite on">${Object.entries(finite).map(([name, holds], i) => html`${i > 0 && ', '}${SPOTS[name] || words(name)} <${Verdict} holds=${holds} />`)}<//>`}
      ${Number.isFinite(worst) && html`<${Fact} name="worst gradient" about="What gradient ascent on the weights reached">${short(worst)}<//>`}
    </dl>
  </section>`;
}
