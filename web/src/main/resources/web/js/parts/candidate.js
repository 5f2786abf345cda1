// One candidate: what it is, what was measured, its network, its family, and the way to take it home.
import { html } from '../html.js';
import { count, value } from '../format.js';
import { useLoad } from '../load.js';
import { Loaded, Panel } from './panel.js';
import { State } from './progress.js';
import { NetworkGraph } from './network.js';
import { Family } from './family.js';

function Facts({ candidate, metrics }) {
  return html`<dl class="facts">
    ${metrics.map((metric) => html`<dt>${metric.name}</dt>
        <dd class="number" style="text-align:left" title=${metric.description}>${value(candidate.measurements?.[metric.name], metric.unit)}</dd>`)}
    <dt>genome</dt>
    <dd class="mono">${candidate.genome}</dd>
    <dt>architecture</dt>
    <dd class="mono">${candidate.text}</dd>
    <dt>made by</dt>
    <dd>${candidate.operator}</dd>
    ${candidate.cause && html`<dt>cause</dt><dd>${candidate.cause.kind.replaceAll('_', ' ')}: ${candidate.cause.detail}</dd>`}
    ${candidate.duplicate_of !== undefined && candidate.duplicate_of !== null &&
    html`<dt>repeats</dt><dd>#${candidate.duplicate_of}</dd>`}
    <dt>took</dt>
    <dd>${count(candidate.milliseconds)} ms${candidate.worker ? ` on ${candidate.worker}` : ''}${candidate.attempt > 1 ? `, attempt ${candidate.attempt}` : ''}</dd>
  </dl>`;
}

export function CandidateView({ id, number, metrics, onSelect, onClose }) {
  const path = `/v1/searches/${id}/candidates/${number}`;
  const load = useLoad(path);
  const network = useLoad(`${path}/network`);
  return html`<div class="stack" id="candidate">
    <${Loaded} load=${load} what=${`candidate #${number}`}>
      ${(candidate) => html`
        <${Panel} title=${`Candidate #${number}`} actions=${html`
            ${candidate.on_front && html`<span class="badge front">front</span>`}
            <${State} state=${candidate.state} />
            <a class="button primary" href=${`${path}/export?format=json`} download>Download JSON</a>
            <button onClick=${onClose} aria-label="Close candidate">Close</button>`}>
          <${Facts} candidate=${candidate} metrics=${metrics} />
        <//>
        <div class="columns">
          <${Panel} title="Network">
            <${Loaded} load=${network} what="network">${(data) => html`<${NetworkGraph} network=${data} />`}<//>
          <//>
          <${Panel} title="Family">
            <${Family} path=${path} candidate=${candidate} metric=${metrics[0]} onSelect=${onSelect} />
          <//>
        </div>
      `}
    <//>
  </div>`;
}
