// A search's name, state, figures, and what can be done with it.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { count, duration, rate, value } from '../format.js';
import { ofLayers } from '../layers.js';
import { href } from '../router.js';
import { Downloads } from './downloads.js';
import { Life } from './life.js';
import { Trouble } from './panel.js';
import { Bar, State } from './progress.js';

const CAUSES = {
  evaluations: 'evaluations spent',
  cost: 'cost spent',
  seconds: 'time spent',
  exhausted: 'space exhausted',
  cancelled: '',
};

const EVERYTHING = 'Document, all candidates as CSV, the front in all formats, report and checksums, as one zip file.';

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

// Of what is under way: the search, or its last phase.
const fraction = ({ state, progress, finish }) => (state === 'finishing' && finish?.total ? finish.done / finish.total : progress.fraction);

export function SearchHead({ search, link, onSelect, reload }) {
  const [problem, setProblem] = useState(null);
  const ended = search.ended_by && (CAUSES[search.ended_by] ?? search.ended_by);
  return html`<section class="panel" aria-label="Search">
    <div class="body stack tight">
      <div class="row spread">
        <div class="row"><h1>${search.name}</h1><span role="status"><${State} state=${search.state} /></span>
          ${ended && html`<span class="soft">${ended}</span>`}</div>
        <${Life} thing=${search} path=${`/v1/searches/${search.id}`} what="search" kept="what was measured stays."
          lost=${`its ${count(search.progress.proposed)} candidates.`} home=${[]} onProblem=${setProblem} reload=${reload}>
          <a class="button" href=${href(['new'], { from: search.id })}>Start a variant</a>
          <${Downloads} path=${`/v1/searches/${search.id}/front/export`} layer=${ofLayers(search)} title="The front, a file per candidate" others=${[
            { href: `/v1/searches/${search.id}/export`, name: 'everything', text: EVERYTHING },
          ]} />
        <//>
      </div>
      ${problem && html`<${Trouble} problem=${problem} />`}
      ${search.halted && html`<div class="notice warn halted" role="alert"><strong>It stands still.</strong> ${search.halted}</div>`}
      <${Bar} fraction=${fraction(search)} label="Progress" state=${search.state} />
    </div>
    <${Tiles} search=${search} link=${link} onSelect=${onSelect} />
  </section>`;
}
