// A labelled input and what is wrong with it.
import { html } from '../html.js';

export function Field({ label, hint, error, wide, children }) {
  return html`<label class=${`field${error ? ' wrong' : ''}${wide ? ' wide' : ''}`} title=${hint}>
    <span>${label}</span>
    ${children}
    ${error && html`<small role="alert">${error}</small>`}
  </label>`;
}
