// Where a candidate came from and what came of it, as a tree: ancestors above it, its children below, each a link.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { html } from '../html.js';
import { query } from '../api.js';
import { value, words } from '../format.js';
import { arrows } from '../focus.js';
import { useLoad } from '../load.js';
import { HEIGHT, WIDTH, drawFamily, fitting, generations } from './family-layout.js';
import { Trouble } from './panel.js';
import { Viewport } from './viewport.js';

const CHILDREN = 5;

export const changesOf = ({ changes }) => changes.map(({ decision, from, to }) => `${decision}: ${from} → ${to}`).join(', ');

export function originOf({ operator, parents }) {
  const names = parents.map((parent) => `#${parent}`).join(' and ');
  return names ? `${words(operator).replace('+', ' + ')} of ${names}` : `${words(operator)} draw`;
}

// What was measured of it, or why nothing was.
export function measured({ measurements, state, duplicate_of: original }, metric) {
  const own = measurements?.[metric.name];
  if (own !== undefined && own !== null) return value(own, metric.unit);
  return original === null || original === undefined ? state : `= #${original}`;
}

function Member({ member, metric, at, self, link, onSelect, onLook }) {
  const text = measured(member, metric);
  const choose = (event) => {
    event.preventDefault();
    onSelect(member.number);
  };
  return html`<a class=${`member${self ? ' self' : ''}${member.on_front ? ' front' : ''} ${member.state}`} href=${link(member.number)}
      transform=${`translate(${at.x - WIDTH / 2} ${at.y})`} aria-current=${self ? 'true' : undefined}
      aria-label=${`#${member.number}, ${metric.name} ${text}, ${originOf(member)}`}
      onClick=${choose} onFocus=${() => onLook(member)} onMouseEnter=${() => onLook(member)}>
    <rect width=${WIDTH} height=${HEIGHT} rx="9" />
    <text x=${WIDTH / 2} y="17" class="name">#${member.number}</text>
    <text x=${WIDTH / 2} y="32" class="detail">${text}</text>
  </a>`;
}

function Caption({ member, metric }) {
  return html`<p class="caption" aria-live="polite">
    <strong>#${member.number}</strong> ${metric.name} ${measured(member, metric)} · ${originOf(member)}
    ${member.changes.length > 0 && html`<br /><span class="mono">${changesOf(member)}</span>`}
  </p>`;
}

function Tree({ candidate, ancestors, children, metric, link, onSelect, actions }) {
  const { byNumber } = ancestors;
  const depth = useMemo(() => generations(candidate, byNumber), [candidate, byNumber]);
  const all = Math.max(...depth.values());
  const [shown, setShown] = useState(null);
  const [looked, setLooked] = useState(null);
  const now = Math.min(all, shown ?? fitting(depth));
  const drawing = useMemo(() => drawFamily(candidate, byNumber, depth, now, children), [candidate, byNumber, depth, now, children]);
  const members = [candidate, ...byNumber.values(), ...children].filter(({ number }) => drawing.at.has(number));
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
      ${members.map((member) => html`<${Member} key=${member.number} member=${member} metric=${metric} at=${drawing.at.get(member.number)}
          self=${member.number === candidate.number} link=${link} onSelect=${onSelect} onLook=${setLooked} />`)}
    <//>
    <${Caption} member=${looked || candidate} metric=${metric} />`;
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
