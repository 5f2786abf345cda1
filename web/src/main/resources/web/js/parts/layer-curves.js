// How a layer answers to one value while the moments of its surroundings are held: the response and its slope.
import { useMemo } from 'preact/hooks';
import { html } from '../html.js';
import { tick, words } from '../format.js';
import { LINES, Lines } from './lines.js';

const momentsOf = ({ moments }) => Object.entries(moments || {}).map(([name, value]) => `${words(name)} ${typeof value === 'number' ? tick(value) : value}`).join(', ');

export function LayerCurves({ curves }) {
  const response = useMemo(() => curves.map(({ name, x, y }) => ({ name, x, y })), [curves]);
  const slope = useMemo(() => curves.map(({ name, x, slope: y }) => ({ name, x, y })), [curves]);
  return html`<section aria-label="Response" class="curves">
    <h3>Response to one value <span class="soft">while the moments around it are held</span></h3>
    <ul class="legend">
      ${curves.map(({ name, moments }, i) => html`<li class="swatch" style=${{ '--swatch': `var(${LINES[i % LINES.length]})` }} title=${momentsOf({ moments })}>${name}</li>`)}
    </ul>
    <div class="columns">
      <${Lines} curves=${response} label="f(x)" description=${`The response for ${curves.map(({ name }) => name).join('; ')}`} />
      <${Lines} curves=${slope} label="f′(x)" description="The slope of the response" />
    </div>
  </section>`;
}
