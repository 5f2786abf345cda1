// A training's name, state, figures, and what can be done with it.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { count, duration, rate, value } from '../format.js';
import { Downloads } from './downloads.js';
import { Life } from './life.js';
import { Trouble } from './panel.js';
import { Bar, State } from './progress.js';

const percent = (share) => (share === null || share === undefined ? '–' : value(100 * share, '%'));

function Tiles({ training, validated }) {
  const { progress, newest } = training;
  const tile = (name, content) => html`<div><dt>${name}</dt><dd>${content}</dd></div>`;
  return html`<dl class="tiles">
    ${tile('Loss', value(newest?.training_loss))} ${tile('Accuracy', percent(newest?.training_accuracy))}
    ${tile('Validated', percent(validated?.validation_accuracy))} ${tile('Epoch', progress.epoch ? progress.epoch.toFixed(2) : '–')}
    ${tile('Step', html`${count(progress.step)}${progress.steps && html` <small>of ${count(progress.steps)}</small>`}`)}
    ${tile('Learning rate', value(newest?.learning_rate))} ${tile('Rate', rate(progress.rate))}
    ${tile(training.ended_by ? 'Took' : 'Time left', duration(training.ended_by ? progress.seconds : progress.seconds_left))}
  </dl>`;
}

// validated: the last point that was
export function TrainingHead({ training, validated, reload }) {
  const [problem, setProblem] = useState(null);
  const path = `/v1/trainings/${training.id}`;
  const failed = training.state === 'failed' && training.ended_by.replace(/^failed: /, '');
  return html`<section class="panel" aria-label="Training">
    <div class="body stack tight">
      <div class="row spread">
        <div class="row"><h1>${training.name}</h1><span role="status"><${State} state=${training.state} /></span>
          ${training.waits_for && html`<span class="soft">${training.waits_for}</span>`}
          ${training.progress.worker && html`<span class="soft">${training.progress.worker}</span>`}</div>
        <${Life} thing=${training} path=${path} what="training" kept="its curve stays." lost="its curve and its weights." home=${['trainings']}
          onProblem=${setProblem} reload=${reload}>
          <${Downloads} path=${`${path}/export`} weights=${Boolean(training.weights)} primary=${Boolean(training.weights)} />
        <//>
      </div>
      ${problem && html`<${Trouble} problem=${problem} />`}
      ${failed && html`<div class="notice bad">${failed}</div>`}
      ${training.halted && html`<div class="notice warn halted" role="alert"><strong>It stands still.</strong> ${training.halted}</div>`}
      <${Bar} fraction=${training.progress.fraction} label="Progress" state=${training.state} />
    </div>
    <${Tiles} training=${training} validated=${validated} />
  </section>`;
}
