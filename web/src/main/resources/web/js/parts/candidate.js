// One candidate: what it is, what was measured, its network, its family, and the way to take it home.
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../html.js';
import { count, unitBeside, value, words } from '../format.js';
import { useLoad } from '../load.js';
import { href } from '../router.js';
import { useAncestors } from '../ancestors.js';
import { isLayer, liveNodes } from '../layers.js';
import { Loaded, Loading, Trouble } from './panel.js';
import { State } from './progress.js';
import { Descent } from './descent.js';
import { Downloads } from './downloads.js';
import { Family, originOf } from './family.js';
import { Layer } from './layer.js';
import { NetworkGraph } from './network.js';

// Bytes and percent are part of the figure already.
const INSIDE = ['bytes', '%'];

function Measurements({ measurements, metrics }) {
  const beside = (metric) => (INSIDE.includes(metric.unit) ? '' : unitBeside(metric));
  return html`<dl class="tiles inner">
    ${metrics.map((metric) => html`<div key=${metric.name} title=${metric.description}>
        <dt>${metric.name}</dt>
        <dd>${value(measurements[metric.name], metric.unit)}${beside(metric) && html` <small>${metric.unit}</small>`}</dd>
      </div>`)}
  </dl>`;
}

function Decisions({ candidate }) {
  const was = new Map(candidate.changes.map(({ decision, from }) => [decision, from]));
  const live = isLayer(candidate) && liveNodes(candidate.decisions);
  const look = (name) => `${was.has(name) ? 'changed' : ''}${live && !live.has(name.split('.')[0]) ? ' idle' : ''}`;
  return html`<section aria-label="Decisions">
    <h3>Decisions <span class="soft mono">${candidate.text}</span>${live && html` <span class="soft">dashed: nodes that lead nowhere</span>`}</h3>
    <dl class="decisions">
      ${candidate.decisions.map(({ name, option }) => html`<div class=${look(name)}>
          <dt>${name}</dt>
          <dd>${option}</dd>
          ${was.has(name) && html`<small>was ${was.get(name)}</small>`}
        </div>`)}
    </dl>
  </section>`;
}

function Origin({ candidate, link, onSelect }) {
  const { cause, duplicate_of: original, milliseconds, worker, attempt, screened = {} } = candidate;
  const choose = (event) => {
    event.preventDefault();
    onSelect(original);
  };
  const fallen = Object.entries(screened).map(([stage, times]) => `${words(stage)} ${count(times)}`);
  const before = fallen.length > 0 && `thrown out before it: ${fallen.join(', ')}`;
  const work = worker && `evaluated in ${count(milliseconds)} ms by ${worker}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
  return html`<div class="stack tight">
    <p class="soft">${[originOf(candidate), work, before].filter(Boolean).join(' · ')}</p>
    ${cause && html`<p class="notice warn">${words(cause.kind)}: ${cause.detail}</p>`}
    ${original !== null && html`<p class="notice">The same design as <a href=${link(original)} onClick=${choose}>#${original}</a>, whose measurements count.</p>`}
  </div>`;
}

function Body({ candidate, path, metrics, link, onSelect }) {
  const layered = isLayer(candidate);
  const network = useLoad(layered ? null : `${path}/network`);
  const layer = useLoad(layered ? `${path}/layer` : null);
  const original = useLoad(candidate.duplicate_of === null ? null : `/v1/searches/${candidate.search}/candidates/${candidate.duplicate_of}`);
  const ancestors = useAncestors(candidate);
  return html`
    <${Measurements} measurements=${original.data?.measurements || candidate.measurements} metrics=${metrics} />
    <div class="body stack">
      <${Origin} candidate=${candidate} link=${link} onSelect=${onSelect} />
      ${layered && html`<${Loaded} load=${layer} what="layer">${(data) => html`<${Layer} layer=${data} path=${path} />`}<//>`}
      <${Decisions} candidate=${candidate} />
      <div class="columns">
        ${!layered && html`<section aria-label="Network">
          <h3>Network</h3>
          <${Loaded} load=${network} what="network">${(data) => html`<${NetworkGraph} network=${data} />`}<//>
        </section>`}
        <section aria-label="Family">
          <h3>Family</h3>
          <${Family} path=${path} candidate=${candidate} ancestors=${ancestors} metric=${metrics[0]} link=${link} onSelect=${onSelect} />
        </section>
      </div>
      <${Descent} key=${candidate.number} ancestors=${ancestors} metric=${metrics[0]} link=${link} onSelect=${onSelect} />
    </div>`;
}

// load: of the candidate's resource; while another one is on its way, the one before stays, dimmed
export function CandidateView({ load, number, path, metrics, link, onSelect, onClose }) {
  const heading = useRef(null);
  const candidate = load.data;
  const shown = candidate?.number;
  useEffect(() => {
    // The keyboard goes where the eye does, but a walk through the family or along the front goes on.
    if (shown === number && !document.activeElement?.closest('.family, .descent, .chart')) heading.current?.focus({ preventScroll: true });
  }, [shown, number]);
  if (!candidate) {
    return html`<section class="panel" id="candidate" aria-label="Candidate">
      <header><h2 ref=${heading} tabindex="-1">Candidate #${number}</h2><button onClick=${onClose}>Close</button></header>
      <div class="body">${load.problem ? html`<${Trouble} problem=${load.problem} retry=${load.reload} />` : html`<${Loading} what=${`candidate #${number}`} />`}</div>
    </section>`;
  }
  const own = path(candidate.number);
  return html`<section class=${`panel candidate${shown === number ? '' : ' dim'}`} id="candidate" aria-label=${`Candidate #${shown}`} aria-busy=${shown !== number}>
    <header>
      <div class="row">
        <h2 ref=${heading} tabindex="-1">Candidate #${shown}</h2>
        ${candidate.on_front && html`<span class="badge front">on the front</span>`}
        <${State} state=${candidate.state} />
      </div>
      <div class="row">
        ${!isLayer(candidate) && html`<a class="button" href=${href(['train'], { search: candidate.search, candidate: candidate.number })}>Train this network</a>`}
        <${Downloads} path=${`${own}/export`} layer=${isLayer(candidate)} primary />
        <button onClick=${onClose} aria-keyshortcuts="Escape">Close</button>
      </div>
    </header>
    <${Body} candidate=${candidate} path=${own} metrics=${metrics} link=${link} onSelect=${onSelect} />
  </section>`;
}
