// How a candidate came to be: its line of first parents from the root, what each step changed and what that was worth.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { difference, words } from '../format.js';
import { isLayer } from '../layers.js';
import { Changes } from './changes.js';
import { measured } from './family.js';

const SHOWN = 8;

function Step({ candidate, parent, metric, link, onSelect, self }) {
  const { number, operator, parents, measurements } = candidate;
  const own = measurements[metric.name];
  const before = parent?.measurements[metric.name];
  const gain = own !== undefined && own !== null && before !== undefined && before !== null ? own - before : null;
  const good = gain !== null && gain !== 0 && gain > 0 === (metric.direction !== 'minimize');
  const choose = (event) => {
    event.preventDefault();
    onSelect(number);
  };
  return html`<li class=${self ? 'self' : ''}>
    <a href=${link(number)} onClick=${choose} aria-current=${self ? 'true' : undefined}>#${number}</a>
    <span class="number">${measured(candidate, metric)}</span>
    <span class=${`number gain ${gain ? (good ? 'good' : 'bad') : ''}`}>${difference(gain, metric.unit)}</span>
    <span class="what">
      ${isLayer(candidate) && html`<span class=${`formula-text${parent?.text === candidate.text ? ' soft' : ''}`} title=${parent?.text === candidate.text ? 'the same formula as before' : undefined}>${candidate.text}</span>`}
      <span class="soft">${words(operator).replace('+', ' + ')}${parents.length > 1 ? ` with #${parents[1]}` : ''}</span>
      <${Changes} candidate=${candidate} parent=${parent} />
    </span>
  </li>`;
}

export function Descent({ ancestors, metric, link, onSelect }) {
  const { line, further, loading } = ancestors;
  const [all, setAll] = useState(false);
  const cut = !all && line.length > SHOWN + 2;
  const head = cut ? line.slice(0, SHOWN) : line;
  const step = (candidate, parent, self) =>
    html`<${Step} key=${candidate.number} candidate=${candidate} parent=${parent} metric=${metric} link=${link} onSelect=${onSelect} self=${self} />`;
  return html`<section aria-label="Line of descent">
    <h3>Line of descent <span class="soft">${`${line.length - 1} ${line.length === 2 ? 'step' : 'steps'} ${further ? 'back so far' : 'from the root'}${loading ? ', loading …' : ''}`}</span></h3>
    <ol class="descent">
      ${head.map((candidate, i) => step(candidate, line[i + 1], i === 0))}
      ${cut && html`<li class="more"><button class="small" onClick=${() => setAll(true)}>${line.length - SHOWN - 1} more steps</button></li>`}
      ${cut && step(line.at(-1))}
      ${further && html`<li class="more"><button class="small" disabled=${loading} onClick=${further}>Further back</button></li>`}
    </ol>
  </section>`;
}
