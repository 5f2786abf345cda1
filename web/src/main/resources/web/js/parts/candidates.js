// The candidates of a search as a table: sorted by any metric, filtered by state, page by page.
import { html } from '../html.js';
import { query } from '../api.js';
import { value } from '../format.js';
import { arrows } from '../focus.js';
import { useLoad } from '../load.js';
import { set } from '../router.js';
import { originOf } from './family.js';
import { Empty, Loaded, Panel } from './panel.js';
import { State } from './progress.js';

const STATES = ['measured', 'failed', 'rejected', 'duplicate'];
const PAGE = 15;
const EVERY = 2000;

function Header({ name, unit, sort, best, children }) {
  const descending = sort === `-${name}`;
  const ascending = sort === name;
  const next = descending ? name : ascending ? `-${name}` : best;
  return html`<th class="number" aria-sort=${descending ? 'descending' : ascending ? 'ascending' : 'none'}>
    <button onClick=${() => set({ sort: next, page: '' })} title=${unit || undefined}><span class="arrow" aria-hidden="true">${descending ? '↓' : ascending ? '↑' : ''}</span>${children}</button>
  </th>`;
}

function Row({ candidate, metrics, selected, link, onSelect }) {
  const { number, state, measurements, on_front: onFront } = candidate;
  const choose = (event) => {
    event.preventDefault();
    event.stopPropagation();
    onSelect(number);
  };
  return html`<tr class=${`link${selected ? ' selected' : ''}`} onClick=${choose}>
    <td class="number first"><a href=${link(number)} aria-current=${selected ? 'true' : undefined} onClick=${choose}>#${number}</a></td>
    <td>${onFront ? html`<span class="badge front">front</span>` : html`<${State} state=${state} />`}</td>
    ${metrics.map(({ name, unit }) => html`<td class="number">${value(measurements?.[name], unit)}</td>`)}
    <td class="soft nowrap">${originOf(candidate)}</td>
  </tr>`;
}

export function Candidates({ id, route, metrics, selected, link, onSelect, live }) {
  const best = ({ name, direction }) => (direction === 'minimize' ? name : `-${name}`);
  const { sort = best(metrics[0]), state, page } = route.query;
  const path = `/v1/searches/${id}/candidates${query({ limit: PAGE, sort, state, cursor: page })}`;
  const load = useLoad(path, { every: live && !page ? EVERY : undefined });
  const filter = html`<label class="row tight"><span class="label">State</span>
    <select value=${state || ''} onChange=${(event) => set({ state: event.target.value, page: '', sort: event.target.value === 'measured' ? sort : '-number' })}>
      <option value="">any</option>
      ${STATES.map((name) => html`<option value=${name}>${name}</option>`)}
    </select>
  </label>`;
  const rows = (items) => html`<div class="scroll" onKeyDown=${arrows('tbody a')}>
    <table class="candidates">
      <thead>
        <tr>
          <${Header} name="number" sort=${sort} best="-number">Candidate<//>
          <th>State</th>
          ${metrics.map((metric) => html`<${Header} name=${metric.name} unit=${metric.unit} sort=${sort} best=${best(metric)}>${metric.name}<//>`)}
          <th>Origin</th>
        </tr>
      </thead>
      <tbody>
        ${items.map((candidate) => html`<${Row} key=${candidate.number} candidate=${candidate} metrics=${metrics}
            selected=${candidate.number === selected} link=${link} onSelect=${onSelect} />`)}
      </tbody>
    </table>
  </div>`;
  return html`<${Panel} title="Candidates" actions=${filter} flush>
    <${Loaded} load=${load} what="candidates">
      ${({ items, next }) => html`
        ${items.length > 0 ? rows(items) : html`<${Empty}>${state ? `No candidate is ${state}.` : 'No candidate has come back yet.'}<//>`}
        ${(page || next) && html`<div class="row pages">
          <button disabled=${!page} onClick=${() => set({ page: '' })}>First page</button>
          <button disabled=${!next} onClick=${() => set({ page: next })}>Next page</button>
        </div>`}`}
    <//>
  <//>`;
}
