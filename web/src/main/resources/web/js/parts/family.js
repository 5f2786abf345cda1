// Where a candidate came from and what came of it: parents up to the root, and its children, every one clickable.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { query } from '../api.js';
import { value } from '../format.js';
import { useLoad } from '../load.js';
import { Loaded } from './panel.js';

function Changes({ changes }) {
  return changes?.length > 0 && html`<span class="soft">${changes.map(({ decision, from, to }) => ` ${decision}: ${from} → ${to}`).join(',')}</span>`;
}

function Link({ candidate, metric, onSelect }) {
  const { number, operator, measurements, changes } = candidate;
  return html`<a href="#" onClick=${(event) => (event.preventDefault(), onSelect(number))}>#${number}</a>
    <span class="number"> ${value(measurements?.[metric.name], metric.unit)}</span>
    <span class="badge">${operator}</span>
    <${Changes} changes=${changes} />`;
}

function Parents({ of, byNumber, depth, metric, onSelect }) {
  const known = (of.parents || []).map((number) => byNumber.get(number)).filter(Boolean);
  return (
    known.length > 0 &&
    html`<ul class="tree">
      ${known.map(
        (parent) => html`<li>
          <${Link} candidate=${parent} metric=${metric} onSelect=${onSelect} />
          ${depth > 0 && html`<${Parents} of=${parent} byNumber=${byNumber} depth=${depth - 1} metric=${metric} onSelect=${onSelect} />`}
        </li>`,
      )}
    </ul>`
  );
}

function Ancestors({ path, candidate, metric, onSelect }) {
  const [depth, setDepth] = useState(4);
  const load = useLoad(`${path}/ancestors${query({ depth, limit: 200 })}`);
  if (!candidate.parents?.length) return html`<p class="soft">None: it was drawn at random.</p>`;
  return html`<${Loaded} load=${load} what="ancestors">
    ${({ items, truncated }) => html`
      <${Parents} of=${candidate} byNumber=${new Map(items.map((item) => [item.number, item]))} depth=${depth}
        metric=${metric} onSelect=${onSelect} />
      ${truncated && html`<button onClick=${() => setDepth(depth * 2)}>Further back</button>`}
    `}
  <//>`;
}

function Children({ path, metric, onSelect }) {
  const [cursors, setCursors] = useState(['']);
  const load = useLoad(`${path}/descendants${query({ limit: 10, cursor: cursors.at(-1) })}`);
  return html`<${Loaded} load=${load} what="children">
    ${({ items, next }) =>
      items.length === 0
        ? html`<p class="soft">None so far.</p>`
        : html`<ul class="tree">
              ${items.map((child) => html`<li><${Link} candidate=${child} metric=${metric} onSelect=${onSelect} /></li>`)}
            </ul>
            <div class="row">
              ${cursors.length > 1 && html`<button onClick=${() => setCursors(cursors.slice(0, -1))}>Back</button>`}
              ${next && html`<button onClick=${() => setCursors([...cursors, next])}>More</button>`}
            </div>`}
  <//>`;
}

export function Family({ path, candidate, metric, onSelect }) {
  return html`<div class="stack">
    <div>
      <div class="label">Ancestors, nearest first</div>
      <${Ancestors} path=${path} candidate=${candidate} metric=${metric} onSelect=${onSelect} />
    </div>
    <div>
      <div class="label">Children</div>
      <${Children} path=${path} metric=${metric} onSelect=${onSelect} />
    </div>
  </div>`;
}
