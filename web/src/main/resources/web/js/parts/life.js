// What can be done with a search or a training: pause, resume, cancel, delete.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { post, remove } from '../api.js';
import { go } from '../router.js';
import { Confirm } from './confirm.js';

// path: of the resource; what: the noun; kept: what a cancelled one keeps; lost: what a deleted one loses; home: where to go then
export function Life({ thing, path, what, kept, lost, home, onProblem, reload, children }) {
  const [asked, setAsked] = useState(null);
  const attempt = (action) => async () => {
    setAsked(null);
    try {
      await action();
      onProblem(null);
    } catch (problem) {
      onProblem(problem);
    }
  };
  const act = (verb) => attempt(async () => reload(await post(`${path}:${verb}`)));
  const erase = attempt(async () => {
    await remove(path);
    go(home);
  });
  // What stands still can be helped by nothing but the next start of the service.
  const going = !thing.halted && !thing.ended_by;
  const paused = thing.state === 'paused';
  return html`<div class="row">
    ${going && !paused && html`<button onClick=${act('pause')}>Pause</button>`}
    ${going && paused && html`<button class="primary" onClick=${act('resume')}>Resume</button>`}
    ${going && html`<button class="danger" onClick=${() => setAsked('cancel')}>Cancel</button>`}
    ${children}
    ${thing.ended_by && html`<button class="danger" onClick=${() => setAsked('delete')}>Delete</button>`}
    ${asked === 'cancel' && html`<${Confirm} question=${`Cancel this ${what}?`} yes=${`Cancel ${what}`} onYes=${act('cancel')} onNo=${() => setAsked(null)}>
      It ends for good; ${kept}
    <//>`}
    ${asked === 'delete' && html`<${Confirm} question=${`Delete this ${what}?`} yes=${`Delete ${what}`} onYes=${erase} onNo=${() => setAsked(null)}>
      “${thing.name}” is forgotten with ${lost}
    <//>`}
  </div>`;
}
