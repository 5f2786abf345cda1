// The candidates of a search as a table: sorted by any metric, filtered by state, page by page.
import { html } from '../html.js';
import { query } from '../api.js';
import { value } from '../format.js';
import { useLoad } from '../load.js';
import { set } from '../router.js';
import { Empty, Loaded } from './panel.js';
import { State } from './progress.js';

const STATES = ['measured', 'failed', 'rejected', 'duplicate'];

function Header({ name, sort, children }) {
  const descending = sort === `-${name}`;
  const ascending = sort === name;
  const next = descending ? name : `-${name}`;
  return html`<th class="number" aria-sort=${descending ? 'descending' : ascending ? 'ascending' : 'none'}>
    <button onClick=${() => set({ sort: next, page: '' })}>${children}${descending ? ' ↓' : ascending ? ' ↑' : ''}</button>
  </th>`;
}

function Row({ candidate, metrics, selected, onSelect }) {
  const { number, state, operator, parents, measurements, on_front: onFront } = candidate;
  return html`<tr class="link" aria-selected=${selected} onClick=${() => onSelect(number)}>
    <td class="number"><a href="#" onClick=${(event) => (event.preventDefault(), onSelect(number))}>#${number}</a></td>
    <td>${onFront ? html`<span class="badge front">front</span>` : html`<${State} state=${state} />`}</td>
    ${metrics.map((metric) => html`<td class="number">${value(measurements?.[metric.name], metric.unit)}</td>`)}
    <td class="soft">${operator}${parents?.length ? ` of ${parents.map((parent) => `#${parent}`).join(', ')}` : ''}</td>
  </tr>`;
}

export function Candidates({ id, route, metrics, selected, onSelect, live }) {
  const { sort = '-number', state, page } = route.query;
  const path = `/v1/searches/${id}/candidates${query({ limit: 20, sort, state, cursor: page })}`;
  const load = useLoad(path, { every: live && !page ? 2000 : undefined });
  return html`<div class="row" style="padding:10px 16px">
      <label class="row"><span class="label">State</span>
        <select value=${state || ''} onChange=${(event) => set({ state: event.target.value, page: '' })}>
          <option value="">any</option>
          ${STATES.map((name) => html`<option value=${name}>${name}</option>`)}
        </select>
      </label>
    </div>
    <${Loaded} load=${load} what="candidates">
      ${({ items, next }) =>
        items.length === 0
          ? html`<${Empty}>${state ? `No candidate is ${state}.` : 'No candidate has come back yet.'}<//>`
          : html`<div class="scroll">
                <table>
                  <thead>
                    <tr>
                      <${Header} name="number" sort=${sort}>Candidate<//>
                      <th>State</th>
                      ${metrics.map((metric) => html`<${Header} name=${metric.name} sort=${sort}>${metric.name}<//>`)}
                      <th>Origin</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${items.map((candidate) => html`<${Row} key=${candidate.number} candidate=${candidate} metrics=${metrics}
                        selected=${candidate.number === selected} onSelect=${onSelect} />`)}
                  </tbody>
                </table>
              </div>
              <div class="row" style="padding:10px 16px">
                ${page && html`<button onClick=${() => set({ page: '' })}>First page</button>`}
                ${next && html`<button onClick=${() => set({ page: next })}>Next page</button>`}
              </div>`}
    <//>`;
}
