// One training: its state, its learning curve as it grows, its network.
import { html } from '../html.js';
import { useLoad } from '../load.js';
import { href } from '../router.js';
import { useTraining } from '../training.js';
import { Curve } from '../parts/curve.js';
import { NetworkGraph } from '../parts/network.js';
import { Loaded, Loading, Panel, Trouble } from '../parts/panel.js';
import { TrainingHead } from '../parts/training-head.js';

const LOSS = [
  { key: 'training_loss', name: 'Training' },
  { key: 'validation_loss', name: 'Validation', seldom: true },
];
const ACCURACY = [
  { key: 'training_accuracy', name: 'Training' },
  { key: 'validation_accuracy', name: 'Validation', seldom: true },
];
const RATE = [{ key: 'learning_rate', name: 'Learning rate' }];

export function TrainingPage({ id }) {
  const { data: training, points, problem, reload } = useTraining(id);
  const network = useLoad(training && `/v1/trainings/${id}/network`);
  if (!training) {
    if (!problem) return html`<${Loading} what="training" />`;
    const gone = problem.status === 404;
    return html`<div class="panel"><div class="body stack">
      <h1>${gone ? 'No such training' : 'The training cannot be shown'}</h1>
      <${Trouble} problem=${problem} retry=${gone ? null : reload} />
      <p><a class="button" href=${href(['trainings'])}>All trainings</a></p>
    </div></div>`;
  }
  const validated = points.findLast((point) => point.validation_accuracy !== null);
  const { steps } = training.progress;
  const none = points.length === 0 && html`<p class="none">${training.ended_by ? 'It ended before its first point.' : 'Waiting for the first point …'}</p>`;
  return html`<div class="stack">
    <${TrainingHead} training=${training} validated=${validated} reload=${reload} />
    <div class="columns">
      <${Panel} title="Loss">${none}<${Curve} points=${points} series=${LOSS} steps=${steps} label="Loss" /><//>
      <${Panel} title="Accuracy">${none}<${Curve} points=${points} series=${ACCURACY} steps=${steps} unit="%" scale=${100} label="Accuracy" /><//>
    </div>
    <div class="columns editor">
      <${Panel} title="Learning rate"><${Curve} points=${points} series=${RATE} steps=${steps} label="Learning rate" /><//>
      <${Panel} title="Network"><${Loaded} load=${network} what="network">${(graph) => html`<${NetworkGraph} network=${graph} />`}<//><//>
    </div>
    <details class="panel document">
      <summary>Parameters</summary>
      <pre class="scroll" tabindex="0">${JSON.stringify({ training: training.training, limits: training.limits }, null, 2)}</pre>
    </details>
  </div>`;
}
