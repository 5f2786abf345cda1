// All searches, newest first: state, progress, best, front size, age.
import { html } from '../html.js';
import { age, count, value } from '../format.js';
import { useLoad } from '../load.js';
import { go, href, set } from '../router.js';
import { query } from '../api.js';
import { Empty, Loaded, Panel } from '../parts/panel.js';
import { Bar, State } from '../parts/progress.js';

const STATES = ['running', 'paused', 'finished', 'cancelled', 'failed'];

function Row({ search }) {
  const { id, name, state, progress, best, objectives, front_size: frontSize } = search;
  const open = () => go(['searches', id]);
  return html`<tr class="link" onClick=${open}>
    <td><a href=${href(['searches', id])} onClick=${(event) => event.stopPropagation()}>${name}</a></td>
    <td><${State} state=${state} /></td>
    <td>
      <div class="row" style="flex-wrap:nowrap">
        <div style="flex:1"><${Bar} fraction=${progress.fraction} label=${`Progress of ${name}`} /></div>
        <span class="number soft">${count(progress.evaluations)}</span>
      </div>
    </td>
    <td class="number">${best ? value(best.value, objectives[0].unit) : '–'} <span class="soft">${objectives[0].metric}</span></td>
    <td class="number">${count(frontSize)}</td>
    <td class="number soft" title=${search.created_at}>${age(search.created_at)}</td>
  </tr>`;
}

export function SearchesPage({ route }) {
  const { state, cursor } = route.query;
  const load = useLoad(`/v1/searches${query({ limit: 25, state, cursor })}`, { every: 2000 });
  const filter = html`<select aria-label="State" value=${state || ''} onChange=${(event) => set({ state: event.target.value, cursor: '' })}>
    <option value="">any state</option>
    ${STATES.map((name) => html`<option value=${name}>${name}</option>`)}
  </select>`;
  return html`<div class="stack">
    <div class="row spread">
      <h1>Searches</h1>
      <div class="row">${filter}<a class="button primary" href=${href(['new'])}>New search</a></div>
    </div>
    <${Panel} flush>
      <${Loaded} load=${load} what="searches">
        ${(page) =>
          page.items.length === 0
            ? html`<${Empty}>
                ${state ? `No search is ${state}.` : 'Nothing has been searched yet.'} <a href=${href(['new'])}>Start a search</a>
              <//>`
            : html`<div class="scroll">
                  <table>
                    <thead>
                      <tr>
                        <th>Name</th>
                        <th>State</th>
                        <th style="min-width:150px">Evaluations</th>
                        <th class="number">Best</th>
                        <th class="number">Front</th>
                        <th class="number">Started</th>
                      </tr>
                    </thead>
                    <tbody>
                      ${page.items.map((search) => html`<${Row} key=${search.id} search=${search} />`)}
                    </tbody>
                  </table>
                </div>
                <div class="row" style="padding:10px 16px">
                  ${cursor && html`<button onClick=${() => set({ cursor: '' })}>Newest</button>`}
                  ${page.next && html`<button onClick=${() => set({ cursor: page.next })}>Older</button>`}
                </div>`}
      <//>
    <//>
  </div>`;
}
