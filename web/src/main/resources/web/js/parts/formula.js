// A layer's formula: set as mathematics where the browser is told how, with its text to copy.
import { useMemo } from 'preact/hooks';
import { html } from '../html.js';
import { mathOf } from '../mathml.js';
import { Copy } from './copy.js';

export function Formula({ formula }) {
  const { text, latex, mathml } = formula;
  const math = useMemo(() => mathml && mathOf(mathml), [mathml]);
  return html`<section aria-label="Formula">
    <div class="formula scroll" tabindex="0">${math || html`<code>${text}</code>`}</div>
    <div class="row tight">
      <${Copy} text=${text}>Copy as text<//>
      ${latex && html`<${Copy} text=${latex}>Copy as LaTeX<//>`}
      <code class="soft">${text}</code>
    </div>
  </section>`;
}
