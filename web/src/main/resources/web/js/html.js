// preact's element function bound to htm's template strings: html`<p>...</p>` without a build step.
import { h } from 'preact';
import htm from 'htm';

export const html = htm.bind(h);
