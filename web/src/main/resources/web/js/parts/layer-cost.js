// What a layer costs beside BN-ReLU where the service runs. Measured only when asked for: it takes a core for a while.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { get, query } from '../api.js';
import { bytes, tick } from '../format.js';
import { Field } from './field.js';
import { Trouble } from './panel.js';

const WAYS = [
  ['training', 'training', 'forward and backward'],
  ['inference', 'inference', 'forward, each layer by itself'],
  ['folded', 'behind a convolution', 'Inference: batch normalisation becomes a part of the convolution’s weights'],
];

const short = (number) => tick(Number(number.toPrecision(3)));

const Time = ({ time }) => html`<td class="number" title=${`half of ${time.n} figures lie between ${short(time.low)} and ${short(time.high)} ms`}>${short(time.median)} ms</td>`;

function Table({ cost }) {
  const { shape, batch, machine } = cost;
  return html`<table class="tight">
      <thead><tr><th></th><th class="number">This layer</th><th class="number">BN-ReLU</th><th class="number">Ratio</th></tr></thead>
      <tbody>
        ${WAYS.filter(([way]) => cost[way]).map(([way, name, about]) => html`<tr title=${about}>
            <td>${name}</td><${Time} time=${cost[way].layer} /><${Time} time=${cost[way].bn_relu} /><td class="number"><strong>${short(cost[way].ratio)}×</strong></td>
          </tr>`)}
        ${cost.training_bytes && html`<tr><td>memory in training</td><td class="number">${bytes(cost.training_bytes)}</td><td class="number">${bytes(cost.baseline_bytes)}</td>
          <td class="number"><strong>${short(cost.training_bytes / cost.baseline_bytes)}×</strong></td></tr>`}
      </tbody>
    </table>
    <p class="caption">Medians of one thread’s CPU time for ${batch} images of ${shape.channels}×${shape.height}×${shape.width}${machine ? `, ${machine.instructions}` : ''}.</p>`;
}

const SHAPE = { channels: 32, height: 16, width: 16, batch: 64 };

// path: of the candidate
export function LayerCost({ path }) {
  const [shape, setShape] = useState(SHAPE);
  const [state, setState] = useState({});
  const measure = async (event) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      setState({ cost: await get(`${path}/layer/cost${query(shape)}`) });
    } catch (problem) {
      setState({ problem });
    }
  };
  const { busy, cost, problem } = state;
  const side = (name) => html`<${Field} key=${name} label=${name}>
    <input type="number" min="1" required value=${shape[name]} onInput=${({ target }) => setShape({ ...shape, [name]: target.value })} />
  <//>`;
  return html`<section aria-label="Cost">
    <h3>Cost beside BN-ReLU</h3>
    ${problem && html`<${Trouble} problem=${problem} />`}
    ${cost && html`<${Table} cost=${cost} />`}
    <form class="row sides" onSubmit=${measure}>${Object.keys(SHAPE).map(side)}<button disabled=${busy}>${busy ? 'Measuring …' : 'Measure here'}</button></form>
  </section>`;
}
