// How a layer answers to one value while the moments of its surroundings are held: the response and its slope.
import { useMemo } from 'preact/hooks';
import { html } from '../html.js';
import { tick } from '../format.js';
import { LINES, Lines } from './lines.js';

// A layer without moments has one curve, which is called by its name.
const nameOf = ({ name, moments }) => Object.entries(moments).map(([moment, value]) => `${moment} ${tick(value)}`).join(', ') || name;

export function LayerCurves({ curves }) {
  const names = useMemo(() => curves.map(nameOf), [curves]);
  const response = useMemo(() => curves.map(({ x, y }, i) => ({ name: names[i], x, y })), [curves]);
  const slope = useMemo(() => curves.map(({ x, slope: y }, i) => ({ name: names[i], x, y })), [curves]);
  return html`<section aria-label="Response" class="curves">
    <h3>Response to one value <span class="soft">while the moments around it are held</span></h3>
    <ul class="legend">
      ${names.map((name, i) => html`<li class="swatch" style=${{ '--swatch': `var(${LINES[i % LINES.length]})` }}>${name}</li>`)}
    </ul>
    <div class="columns">
      <${Lines} curves=${response} label="f(x)" description=${`The response for ${names.join('; ')}`} />
      <${Lines} curves=${slope} label="f′(x)" description="The slope of the response" />
    </div>
  </section>`;
}
