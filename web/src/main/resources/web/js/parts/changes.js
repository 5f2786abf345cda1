// What a step of descent changed: a layer's nodes as what they compute, what differs marked; other decisions by their options.
import { html } from '../html.js';
import { changedNodes, otherChanges } from '../layers.js';

const part = ({ text, changed }) => (changed ? html`<mark>${text}</mark>` : text);

function Expression({ parts: [operation, ...inputs] }) {
  return html`${part(operation)}(${inputs.map((input, i) => html`${i > 0 && ', '}${part(input)}`)})`;
}

export function Changes({ candidate, parent }) {
  return html`${changedNodes(candidate, parent).map(
      ({ unit, from, to, idle }) => html`<span class=${`change${idle ? ' idle' : ''}`} title=${idle ? 'leads nowhere: the layer computes the same as before' : undefined}><b>${unit}</b> <${Expression} parts=${from} /> → <${Expression} parts=${to} /></span>`,
    )}
    ${otherChanges(candidate).map(({ decision, from, to }) => html`<span class="change"><b>${decision}</b> ${from} → ${to}</span>`)}`;
}
