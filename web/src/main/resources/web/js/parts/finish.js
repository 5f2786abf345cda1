// The best, trained again with several seeds beside the yardsticks: means with their spread, and how far each is from a
// yardstick in standard errors.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { count, difference, tick, value, words } from '../format.js';
import { anchorOf } from './scores.js';
import { Panel, Trouble } from './panel.js';
import { Bar } from './progress.js';

const CLEAR = 2; // standard errors that a difference needs to be more than chance

const STATES = { waiting: 'waits for the search to end', running: 'under way', done: 'done' };

// How far a mean is from another in standard errors of the difference; null where there is no spread to measure it by.
export function distance(own, other) {
  if (!own || !other || own.n < 2 || other.n < 2) return null;
  const error = Math.hypot(own.standard_error, other.standard_error);
  return error > 0 ? (own.mean - other.mean) / error : null;
}

function Cell({ own, other, metric }) {
  if (!own || own.n === 0) return html`<td class="number soft">–</td>`;
  const errors = distance(own, other);
  const better = errors !== null && Math.abs(errors) >= CLEAR && (errors > 0 === (metric.direction !== 'minimize') ? 'good' : 'bad');
  const seeds = (own.values || []).map((each) => value(each, metric.unit)).join(', ');
  return html`<td class="number" title=${seeds && `each seed: ${seeds}`}>
    ${value(own.mean, metric.unit)}${own.n > 1 && html` <small class="soft">± ${tick(Number(own.sd.toPrecision(2)), metric.unit)}</small>`}
    <small class="label block">n = ${own.n}${other && own !== other && html` · <span class=${`gain ${better || ''}`} title="difference to the yardstick, in standard errors of the difference">
      ${errors === null ? difference(own.mean - other.mean, metric.unit) : `${difference(Number(errors.toPrecision(2)))} se`}</span>`}</small>
  </td>`;
}

function Failures({ failures }) {
  if (!failures?.length) return null;
  const why = failures.map(({ kind, detail }) => `${words(kind ?? 'failed')}: ${detail ?? ''}`).join('\n');
  return html` <small class="gain bad" title=${why}>${failures.length} failed</small>`;
}

function Name({ subject, link, onSelect }) {
  const number = subject.candidate;
  const failures = html`<${Failures} failures=${subject.failures} />`;
  if (number === undefined || number === null) return html`<span class="mono">${subject.name}</span> <small class="soft">yardstick</small>${failures}`;
  const choose = (event) => {
    event.preventDefault();
    onSelect(number);
  };
  return html`<a href=${link(number)} onClick=${choose}>#${number}</a>${failures}`;
}

function Table({ subjects, metrics, yardstick, link, onSelect }) {
  return html`<div class="scroll" tabindex="0">
    <table class="finish">
      <thead><tr><th>Layer</th>${metrics.map(({ name, unit }) => html`<th class="number" title=${unit}>${words(anchorOf(name))}</th>`)}</tr></thead>
      <tbody>
        ${subjects.map((subject) => html`<tr key=${subject.name} class=${subject.yardstick ? 'yardstick' : ''}>
            <th scope="row"><${Name} subject=${subject} link=${link} onSelect=${onSelect} /></th>
            ${metrics.map((metric) => html`<${Cell} own=${subject.metrics[metric.name]} other=${yardstick?.metrics[metric.name]} metric=${metric} />`)}
          </tr>`)}
      </tbody>
    </table>
  </div>`;
}

// finish: as /finish tells it; metrics: the search's; what is measured besides has its name alone
export function Finish({ load, metrics, link, onSelect }) {
  const [chosen, setChosen] = useState(null);
  const finish = load.data;
  if (!finish) return load.problem ? html`<${Panel} title="Finish"><${Trouble} problem=${load.problem} retry=${load.reload} /><//>` : null;
  const yardsticks = finish.subjects.filter((subject) => subject.yardstick);
  const yardstick = yardsticks.find(({ name }) => name === chosen) || yardsticks[0];
  const known = new Map(metrics.map((metric) => [metric.name, metric]));
  const measured = finish.metrics.map(({ metric, ...rest }) => ({ ...known.get(metric), ...rest, name: metric }));
  const actions = html`<span class="label" role="status">${`${STATES[finish.state] || finish.state} · ${count(finish.done)} of ${count(finish.total)} trainings`}</span>
    ${yardsticks.length > 0 && html`<label class="row tight"><span class="label">compared with</span>
      <select value=${yardstick.name} onChange=${(event) => setChosen(event.target.value)}>
        ${yardsticks.map(({ name }) => html`<option value=${name}>${name}</option>`)}
      </select>
    </label>`}`;
  return html`<${Panel} title="Finish: the best trained again" actions=${actions} flush>
    ${finish.state !== 'done' && html`<div class="body"><${Bar} fraction=${finish.total ? finish.done / finish.total : 0} label="Progress of the finish" state="finishing" /></div>`}
    ${finish.subjects.length > 0 && html`<${Table} subjects=${finish.subjects} metrics=${measured} yardstick=${yardstick} link=${link} onSelect=${onSelect} />`}
    ${yardstick && html`<p class="caption inset">Mean ± standard deviation over n seeds; beside it the difference to ${yardstick.name} in standard errors of the difference (se), in colour from ${CLEAR} on.</p>`}
  <//>`;
}
