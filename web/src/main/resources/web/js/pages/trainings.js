// All trainings, newest first: state, progress, loss, accuracy, age.
import { html } from '../html.js';
import { query } from '../api.js';
import { age, count, value } from '../format.js';
import { arrows } from '../focus.js';
import { useLoad } from '../load.js';
import { go, href, set } from '../router.js';
import { Empty, Loaded, Panel } from '../parts/panel.js';
import { Bar, State } from '../parts/progress.js';

const STATES = ['waiting', 'running', 'paused', 'finished', 'cancelled', 'failed'];
const PAGE = 25;
const EVERY = 2000;

function Row({ training }) {
  const { id, name, state, progress, newest } = training;
  const { recipe, data } = training.training;
  return html`<tr class="link" onClick=${() => go(['trainings', id])}>
    <td class="name">
      <a href=${href(['trainings', id])} onClick=${(event) => event.stopPropagation()}>${name}</a>
      <div class="label">${data.replace(/@.*/, '')} · ${recipe.optimizer} · batch ${recipe.batch}</div>
    </td>
    <td class="state"><${State} state=${state} /></td>
    <td class="progress">
      <${Bar} fraction=${progress.fraction} label=${`Progress of ${name}`} state=${state} />
      <div class="label number">${count(progress.step)}${progress.steps ? ` of ${count(progress.steps)}` : ''} steps</div>
    </td>
    <td class="number" data-label="Loss">${value(newest?.training_loss)}</td>
    <td class="number" data-label="Accuracy">${newest ? value(100 * newest.training_accuracy, '%') : '–'}</td>
    <td class="number soft" data-label="Started" title=${new Date(training.created_at).toLocaleString()}>${age(training.created_at)}</td>
  </tr>`;
}

function Table({ page, cursor }) {
  return html`<table class="searches" onKeyDown=${arrows('tbody a')}>
      <thead>
        <tr>
          <th>Training</th>
          <th>State</th>
          <th>Progress</th>
          <th class="number">Loss</th>
          <th class="number">Accuracy</th>
          <th class="number">Started</th>
        </tr>
      </thead>
      <tbody>
        ${page.items.map((training) => html`<${Row} key=${training.id} training=${training} />`)}
      </tbody>
    </table>
    ${(cursor || page.next) && html`<div class="row pages">
      <button disabled=${!cursor} onClick=${() => set({ cursor: '' })}>Newest</button>
      <button disabled=${!page.next} onClick=${() => set({ cursor: page.next })}>Older</button>
    </div>`}`;
}

const Welcome = () => html`<div class="empty welcome">
  <img src="/icon.svg" alt="" />
  <h2>Nothing has been trained yet</h2>
  <p>A training takes one network, a candidate's or one from a file, and teaches it a data set.</p>
  <p><a class="button primary" href=${href(['train'])}>Train a network</a></p>
</div>`;

export function TrainingsPage({ route }) {
  const { state, cursor } = route.query;
  const load = useLoad(`/v1/trainings${query({ limit: PAGE, state, cursor })}`, { every: EVERY });
  const content = (page) => {
    if (page.items.length > 0) return html`<${Table} page=${page} cursor=${cursor} />`;
    return state || cursor ? html`<${Empty}>${`No ${cursor ? 'older ' : ''}training is ${state || 'left'}.`}<//>` : html`<${Welcome} />`;
  };
  return html`<div class="stack">
    <div class="row spread">
      <h1>Trainings</h1>
      <div class="row">
        <label class="row tight"><span class="label">State</span>
          <select value=${state || ''} onChange=${(event) => set({ state: event.target.value, cursor: '' })}>
            <option value="">any</option>
            ${STATES.map((name) => html`<option value=${name}>${name}</option>`)}
          </select>
        </label>
        <a class="button primary" href=${href(['train'])}>Train a network</a>
      </div>
    </div>
    <${Panel} flush><${Loaded} load=${load} what="trainings">${content}<//><//>
  </div>`;
}
