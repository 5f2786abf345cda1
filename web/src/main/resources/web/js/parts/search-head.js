// A search's name, state, figures, and what can be done with it.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { post, remove } from '../api.js';
import { count, duration, rate, value } from '../format.js';
import { go, href } from '../router.js';
import { Confirm } from './confirm.js';
import { Trouble } from './panel.js';
import { Bar, State } from './progress.js';

const CAUSES = {
  evaluations: 'evaluations spent',
  cost: 'cost spent',
  seconds: 'time spent',
  exhausted: 'space exhausted',
  cancelled: '',
};

function Actions({ search, onProblem, reload }) {
  const [asked, setAsked] = useState(null);
  const attempt = (action) => async () => {
    setAsked(null);
    try {
      await action();
      onProblem(null);
    } catch (problem) {
      onProblem(problem);
    }
  };
  const act = (verb) => attempt(async () => reload(await post(`/v1/searches/${search.id}:${verb}`)));
  const erase = attempt(async () => {
    await remove(`/v1/searches/${search.id}`);
    go([]);
  });
  const { state } = search;
  const stands = Boolean(search.halted); // until the next start of the service nothing can be done with it
  const going = !stands && (state === 'running' || state === 'paused');
  return html`<div class="row">
    ${going && state === 'running' && html`<button onClick=${act('pause')}>Pause</button>`}
    ${going && state === 'paused' && html`<button class="primary" onClick=${act('resume')}>Resume</button>`}
    ${going && html`<button class="danger" onClick=${() => setAsked('cancel')}>Cancel</button>`}
    <a class="button" href=${href(['new'], { from: search.id })}>Start a variant</a>
    ${search.ended_by && html`<button class="danger" onClick=${() => setAsked('delete')}>Delete</button>`}
    ${asked === 'cancel' && html`<${Confirm} question="Cancel this search?" yes="Cancel search" onYes=${act('cancel')} onNo=${() => setAsked(null)}>
      It ends for good; what was measured stays.
    <//>`}
    ${asked === 'delete' && html`<${Confirm} question="Delete this search?" yes="Delete search" onYes=${erase} onNo=${() => setAsked(null)}>
      “${search.name}” is forgotten with its ${count(search.progress.proposed)} candidates.
    <//>`}
  </div>`;
}

function Tiles({ search, link, onSelect }) {
  const { progress, best, objectives, front_size: frontSize } = search;
  const choose = (event) => {
    event.preventDefault();
    onSelect(best.number);
  };
  const tile = (name, content) => html`<div><dt>${name}</dt><dd>${content}</dd></div>`;
  return html`<dl class="tiles">
    ${tile(`Best ${objectives[0].metric}`, best ? html`<a href=${link(best.number)} onClick=${choose}>${value(best.value, objectives[0].unit)}</a>` : '–')}
    ${tile('On the front', count(frontSize))} ${tile('Evaluated', count(progress.evaluations))}
    ${tile('Repeated', count(progress.duplicates))} ${tile('Rejected', count(progress.rejected))}
    ${tile('Failed', count(progress.failed))} ${tile('Rate', rate(progress.rate))}
    ${tile(search.ended_by ? 'Took' : 'Time left', duration(search.ended_by ? progress.seconds : search.halted ? null : progress.seconds_left))}
  </dl>`;
}

export function SearchHead({ search, link, onSelect, reload }) {
  const [problem, setProblem] = useState(null);
  const ended = search.ended_by && (CAUSES[search.ended_by] ?? search.ended_by);
  return html`<section class="panel" aria-label="Search">
    <div class="body stack tight">
      <div class="row spread">
        <div class="row"><h1>${search.name}</h1><span role="status"><${State} state=${search.state} /></span>
          ${ended && html`<span class="soft">${ended}</span>`}</div>
        <${Actions} search=${search} onProblem=${setProblem} reload=${reload} />
      </div>
      ${problem && html`<${Trouble} problem=${problem} />`}
      ${search.halted && html`<div class="notice warn halted" role="alert"><strong>It stands still.</strong> ${search.halted}</div>`}
      <${Bar} fraction=${search.progress.fraction} label="Progress" state=${search.state} />
    </div>
    <${Tiles} search=${search} link=${link} onSelect=${onSelect} />
  </section>`;
}
