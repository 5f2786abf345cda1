// Every mistake in a document, each with its line to jump to.
import { html } from '../html.js';

export function Mistakes({ errors, onJump }) {
  return html`<div class="notice bad" role="alert" id="mistakes">
    <ul class="errors">
      ${errors.map((error) => html`<li>
        <button class="plain" onClick=${() => onJump(error.line)}>line ${error.line}</button>
        ${' '}<code>${error.pointer || '/'}</code> ${error.detail}
      </li>`)}
    </ul>
  </div>`;
}
