// Asks before something that cannot be undone. Escape is no.
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../html.js';

export function Confirm({ question, children, yes, onYes, onNo }) {
  const dialog = useRef(null);
  useEffect(() => dialog.current.showModal(), []);
  return html`<dialog ref=${dialog} aria-label=${question} onClose=${onNo}>
    <h2>${question}</h2>
    <p class="soft">${children}</p>
    <div class="row end">
      <button onClick=${() => dialog.current.close()} autofocus>Go back</button>
      <button class="primary bad" onClick=${onYes}>${yes}</button>
    </div>
  </dialog>`;
}
