// A titled panel, and the states a panel's content can be in.
import { html } from '../html.js';

export function Panel({ title, actions, flush, children }) {
  return html`<section class="panel" aria-label=${title}>
    ${title && html`<header><h2>${title}</h2><div class="row">${actions}</div></header>`}
    ${flush ? children : html`<div class="body">${children}</div>`}
  </section>`;
}

export const Loading = ({ what }) => html`<div class="loading" role="status"><span class="spinner" aria-hidden="true"></span>Loading ${what} …</div>`;

export const Empty = ({ children }) => html`<div class="empty">${children}</div>`;

export function Trouble({ problem, retry }) {
  // Where there is one mistake, the message says it already.
  const errors = (problem.errors || []).filter(({ detail }) => !problem.message.includes(detail));
  return html`<div class="notice bad" role="alert">
    <div>${problem.message}</div>
    ${errors.length > 0 &&
    html`<ul class="errors">
      ${errors.map((error) => html`<li><code>${error.pointer || error.parameter || error.part || '/'}</code> ${error.detail}</li>`)}
    </ul>`}
    ${retry && html`<p><button onClick=${retry}>Try again</button></p>`}
  </div>`;
}

// Shows the content once there is data, and what came last while more is loading; until then why there is none.
export function Loaded({ load, what, children }) {
  if (load.data) return children(load.data);
  if (load.problem) return html`<div class="body"><${Trouble} problem=${load.problem} retry=${load.reload} /></div>`;
  return html`<${Loading} what=${what} />`;
}
