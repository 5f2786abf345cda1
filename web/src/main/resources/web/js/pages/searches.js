// All searches, newest first: state, progress, best, front size, age.
import { html } from '../html.js';
import { age, count, value } from '../format.js';
import { arrows } from '../focus.js';
import { useLoad } from '../load.js';
import { go, href, set } from '../router.js';
import { query } from '../api.js';
import { Empty, Loaded, Panel } from '../parts/panel.js';
import { Bar, State } from '../parts/progress.js';

const STATES = ['running', 'paused', 'finishing', 'finished', 'cancelled', 'failed'];
const UNDER_WAY = ['running', 'paused'];
const PAGE = 25;
const EVERY = 2000;

function Row({ search }) {
  const { id, name, state, progress, best, objectives, front_size: frontSize, document } = search;
  const { evaluations: budget } = document.budget;
  const percent = Math.floor(progress.fraction * 100);
  return html`<tr class="link" onClick=${() => go(['searches', id])}>
    <td class="name">
      <a href=${href(['searches', id])} onClick=${(event) => event.stopPropagation()}>${name}</a>
      <div class="label">${document.space.name} · ${document.strategy.name}</div>
    </td>
    <td class="state"><${State} state=${state} /></td>
    <td class="progress">
      <${Bar} fraction=${progress.fraction} label=${`Progress of ${name}`} state=${state} />
      <div class="label number">${count(progress.evaluations)}${budget ? ` of ${count(budget)}` : ''} evaluations${UNDER_WAY.includes(state) ? ` · ${percent} %` : ''}</div>
    </td>
    <td class="number" data-label="Best">${best ? value(best.value, objectives[0].unit) : '–'}<div class="label">${objectives[0].metric}</div></td>
    <td class="number" data-label="Front">${count(frontSize)}</td>
    <td class="number soft" data-label="Started" title=${new Date(search.created_at).toLocaleString()}>${age(search.created_at)}</td>
  </tr>`;
}

function Welcome() {
  return html`<div class="empty welcome">
    <img src="/icon.svg" alt="" />
    <h2>Nothing has been searched yet</h2>
    <p>A search evolves the architectures of a space, measures each one and remembers every ancestor.</p>
    <p><a class="button primary" href=${href(['new'])}>Start the first search</a></p>
  </div>`;
}

function Table({ page, cursor }) {
  return html`<table class="searches" onKeyDown=${arrows('tbody a')}>
      <thead>
        <tr>
          <th>Search</th>
          <th>State</th>
          <th>Progress</th>
          <th class="number">Best</th>
          <th class="number">Front</th>
          <th class="number">Started</th>
        </tr>
      </thead>
      <tbody>
        ${page.items.map((search) => html`<${Row} key=${search.id} search=${search} />`)}
      </tbody>
    </table>
    ${(cursor || page.next) && html`<div class="row pages">
      <button disabled=${!cursor} onClick=${() => set({ cursor: '' })}>Newest</button>
      <button disabled=${!page.next} onClick=${() => set({ cursor: page.next })}>Older</button>
    </div>`}`;
}

export function SearchesPage({ route }) {
  const { state, cursor } = route.query;
  const load = useLoad(`/v1/searches${query({ limit: PAGE, state, cursor })}`, { every: EVERY });
  const content = (page) => {
    if (page.items.length > 0) return html`<${Table} page=${page} cursor=${cursor} />`;
    return state || cursor ? html`<${Empty}>${`No ${cursor ? 'older ' : ''}search is ${state || 'left'}.`}<//>` : html`<${Welcome} />`;
  };
  return html`<div class="stack">
    <div class="row spread">
      <h1>Searches</h1>
      <div class="row">
        <label class="row tight"><span class="label">State</span>
          <select value=${state || ''} onChange=${(event) => set({ state: event.target.value, cursor: '' })}>
            <option value="">any</option>
            ${STATES.map((name) => html`<option value=${name}>${name}</option>`)}
          </select>
        </label>
        <a class="button primary" href=${href(['new'])}>New search</a>
      </div>
    </div>
    <${Panel} flush><${Loaded} load=${load} what="searches">${content}<//><//>
  </div>`;
}
