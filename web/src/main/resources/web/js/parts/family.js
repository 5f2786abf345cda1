// Where a candidate came from and what came of it, as a tree: ancestors above it, its children below, each a link.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { html } from '../html.js';
import { query } from '../api.js';
import { value, words } from '../format.js';
import { arrows } from '../focus.js';
import { useLoad } from '../load.js';
import { changedNodes, isLayer } from '../layers.js';
import { Changes } from './changes.js';
import { boxOf, drawFamily, fitting, generations } from './family-layout.js';
import { Trouble } from './panel.js';
import { Viewport } from './viewport.js';

const CHILDREN = 5;
const LETTERS = 32; // of a formula in a box

export function originOf({ operator, parents }) {
  const names = parents.map((parent) => `#${parent}`).join(' and ');
  if (names) return `${words(operator).replace('+', ' + ')} of ${names}`;
  return operator === 'known' ? 'known from the start' : `${words(operator)} draw`;
}

// What was measured of it, or why nothing was.
export function measured({ measurements, state, duplicate_of: original }, metric) {
  const own = measurements?.[metric.name];
  if (own !== undefined && own !== null) return value(own, metric.unit);
  return original === null || original === undefined ? state : `= #${original}`;
}

const cut = (text) => (text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text);

// The nodes that a step changed, by their operations.
function changedOf(member, parent) {
  const all = changedNodes(member, parent);
  const nodes = [...all.filter(({ idle }) => !idle), ...all.filter(({ idle }) => idle)];
  if (!nodes.length) return member.parents.length ? 'nothing changed' : '';
  return nodes.map(({ unit, from: [was], to: [is] }) => `${unit} ${was.text === is.text ? is.text : `${was.text} → ${is.text}`}`).join(', ');
}

function Words({ member, parent, box }) {
  return html`<text x=${box.width / 2} y="34" class="detail formula-text">${cut(member.text)}</text>
    <text x=${box.width / 2} y="50" class="detail changed">${cut(changedOf(member, parent))}</text>`;
}

function Member({ member, parent, metric, at, self, worded, link, onSelect, onLook }) {
  const text = measured(member, metric);
  const box = boxOf(worded);
  const choose = (event) => {
    event.preventDefault();
    onSelect(member.number);
  };
  return html`<a class=${`member${self ? ' self' : ''}${member.on_front ? ' front' : ''} ${member.state}`} href=${link(member.number)}
      transform=${`translate(${at.x - box.width / 2} ${at.y})`} aria-current=${self ? 'true' : undefined}
      aria-label=${`#${member.number}, ${metric.name} ${text}, ${originOf(member)}${worded ? `, ${member.text}, ${changedOf(member, parent)}` : ''}`}
      onClick=${choose} onFocus=${() => onLook(member)} onMouseEnter=${() => onLook(member)}>
    <rect width=${box.width} height=${box.height} rx="9" />
    ${worded && html`<title>${member.text}</title>`}
    <text x=${box.width / 2} y="17" class="name">#${member.number}${worded ? html`<tspan class="aside">${`  ${text}`}</tspan>` : ''}</text>
    ${worded ? html`<${Words} member=${member} parent=${parent} box=${box} />` : html`<text x=${box.width / 2} y="32" class="detail">${text}</text>`}
  </a>`;
}

function Caption({ member, parent, metric }) {
  return html`<div class="caption" aria-live="polite">
    <strong>#${member.number}</strong> ${metric.name} ${measured(member, metric)} · ${originOf(member)}
    ${isLayer(member) && html`<br /><span class="mono">${member.text}</span>`}
    ${member.changes.length > 0 && html`<div class="row tight"><${Changes} candidate=${member} parent=${parent} /></div>`}
  </div>`;
}

function Tree({ candidate, ancestors, children, metric, link, onSelect, actions }) {
  const { byNumber } = ancestors;
  const depth = useMemo(() => generations(candidate, byNumber), [candidate, byNumber]);
  const all = Math.max(...depth.values());
  const [shown, setShown] = useState(null);
  const [looked, setLooked] = useState(null);
  const worded = isLayer(candidate);
  const now = Math.min(all, shown ?? fitting(depth, worded));
  const drawing = useMemo(() => drawFamily(candidate, byNumber, depth, now, children, worded), [candidate, byNumber, depth, now, children, worded]);
  const members = [candidate, ...byNumber.values(), ...children].filter(({ number }) => drawing.at.has(number));
  const parentOf = ({ parents }) => (parents[0] === candidate.number ? candidate : byNumber.get(parents[0]));
  useEffect(() => setLooked(null), [candidate.number]);
  const generation = html`<span class="row tight">
    ${actions}
    <button class="small" disabled=${now <= 1} onClick=${() => setShown(now - 1)} aria-label="One generation fewer">−</button>
    <span class="label" role="status">${all ? `${now} of ${all}${ancestors.further ? '+' : ''} generations back` : 'No parents'}</span>
    <button class="small" disabled=${now >= all} onClick=${() => setShown(now + 1)} aria-label="One generation more">+</button>
    <button class="small" disabled=${now >= all} onClick=${() => setShown(all)}>To the roots</button>
  </span>`;
  return html`<${Viewport} width=${drawing.width} height=${drawing.height} at=${drawing.at.get(candidate.number)}
      label="Family tree" onKeyDown=${arrows('.member')} actions=${generation}>
      <g class="edges">
        ${drawing.edges.map(({ from, to, index, d }) => html`<path key=${`${from}>${to}`} d=${d} class=${index > 0 ? 'second' : ''} />`)}
      </g>
      ${members.map((member) => html`<${Member} key=${member.number} member=${member} parent=${parentOf(member)} metric=${metric} at=${drawing.at.get(member.number)}
          self=${member.number === candidate.number} worded=${worded} link=${link} onSelect=${onSelect} onLook=${setLooked} />`)}
    <//>
    <${Caption} member=${looked || candidate} parent=${parentOf(looked || candidate)} metric=${metric} />`;
}

export function Family({ path, candidate, ancestors, metric, link, onSelect }) {
  const [cursors, setCursors] = useState(['']);
  const children = useLoad(`${path}/descendants${query({ limit: CHILDREN, cursor: cursors.at(-1) })}`);
  useEffect(() => setCursors(['']), [path]);
  const own = useMemo(() => (children.data?.items || []).filter(({ parents }) => parents.includes(candidate.number)), [children.data, candidate.number]);
  const problem = ancestors.problem || children.problem;
  const pages = html`
    <span class="label">Children</span>
    <button class="small" disabled=${cursors.length < 2} onClick=${() => setCursors(cursors.slice(0, -1))} aria-label="Earlier children">‹</button>
    <button class="small" disabled=${!children.data?.next} onClick=${() => setCursors([...cursors, children.data.next])} aria-label="Later children">›</button>
    <span class="divider"></span>`;
  return html`<div class="family">
    ${problem && html`<${Trouble} problem=${problem} />`}
    <${Tree} candidate=${candidate} ancestors=${ancestors} children=${own} metric=${metric} link=${link} onSelect=${onSelect} actions=${pages} />
  </div>`;
}
