// How far a search is.
import { html } from '../html.js';

export const State = ({ state }) => html`<span class=${`badge ${state}`}>${state}</span>`;

export function Bar({ fraction, label, state }) {
  const percent = Math.round(Math.min(1, Math.max(0, fraction || 0)) * 100);
  return html`<div class=${`bar ${state || ''}`} role="progressbar" aria-label=${label} aria-valuenow=${percent} aria-valuemin="0" aria-valuemax="100">
    <span style=${{ width: `${percent}%` }}></span>
  </div>`;
}
