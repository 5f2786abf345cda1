// Spaces of one's own: written as text, tried on every change, kept, and searched.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { get, post } from '../api.js';
import { useCheck } from '../check.js';
import { large } from '../format.js';
import { useLoad } from '../load.js';
import { go, href } from '../router.js';
import { DocumentText } from '../parts/document-text.js';
import { Mistakes } from '../parts/mistakes.js';
import { Loaded, Loading, Panel, Trouble } from '../parts/panel.js';
import { Preview } from '../parts/preview.js';
import { Samples } from '../parts/samples.js';

const write = (document) => JSON.stringify(document, null, 2);

function Kept() {
  const load = useLoad('/v1/spaces:stored?limit=100');
  return html`<${Panel} title="Kept spaces">
    <${Loaded} load=${load} what="spaces">
      ${({ items }) => items.length === 0
        ? html`<p class="soft">None yet.</p>`
        : html`<div class="scroll" tabindex="0"><table class="tight">
            <thead><tr><th>Name</th><th class="number">Designs</th><th class="number">Decisions</th><th></th></tr></thead>
            <tbody>
              ${items.map(({ id, name, size, decisions }) => html`<tr key=${id}>
                <td><a href=${href(['spaces', id])} title=${id}>${name}</a></td>
                <td class="number">${large(size)}</td>
                <td class="number">${decisions}</td>
                <td><a href=${href(['new'], { space: id, view: 'text' })}>Search this space</a></td>
              </tr>`)}
            </tbody>
          </table></div>`}
    <//>
  <//>`;
}

function Editor({ initial }) {
  const [text, setText] = useState(initial);
  const [keeping, setKeeping] = useState(false);
  const [problem, setProblem] = useState(null);
  const [jump, setJump] = useState(null);
  const key = useRef(crypto.randomUUID());
  const check = useCheck(text, '/v1/spaces:validate');
  const change = (next) => {
    setText(next);
    setProblem(null);
    key.current = crypto.randomUUID();
  };
  const keep = (then) => async () => {
    setKeeping(true);
    setProblem(null);
    try {
      then(await post('/v1/spaces', JSON.parse(text), key.current));
    } catch (failure) {
      setProblem(failure);
      setKeeping(false);
    }
  };
  const open = async ({ target }) => {
    if (target.files[0]) change(await target.files[0].text());
    target.value = '';
  };
  const ready = check.result && !check.checking && !keeping;
  return html`<div class="columns editor">
    <${Panel} title="Space document" actions=${html`<label class="row tight"><span class="label">Open a file</span>
        <input type="file" accept=".json,application/json" onChange=${open} /></label>`}>
      <${DocumentText} text=${text} errors=${check.errors} jump=${jump} label="Space document" onChange=${change} />
    <//>
    <div class="beside stack">
      <${Panel} title=${check.errors.length ? 'To be mended' : 'What is in it'}
        actions=${html`<span class="label" role="status">${check.checking ? 'checking …' : ''}</span>
          <button disabled=${!ready} onClick=${keep((space) => go(['spaces', space.id]))}>Keep</button>
          <button class="primary" disabled=${!ready} onClick=${keep((space) => go(['new'], { space: space.id, view: 'text' }))}>Search this space</button>`}>
        ${problem && html`<${Trouble} problem=${problem} />`}
        ${check.problem && html`<${Trouble} problem=${check.problem} />`}
        ${check.errors.length > 0 && html`<${Mistakes} errors=${check.errors} onJump=${(line) => setJump({ line })} />`}
        ${check.result && html`<${Preview} result=${check.result} /><${Samples} samples=${check.result.samples} />`}
        ${!check.result && !check.errors.length && !check.problem && html`<${Loading} what="the preview" />`}
      <//>
    </div>
  </div>`;
}

// The text of the kept space that the URL names, or else the example of the catalogue.
function useInitial(id) {
  const [state, setState] = useState(null);
  useEffect(() => {
    setState(null);
    const found = id
      ? get(`/v1/spaces/${id}/document`)
      : get('/v1/spaces').then(({ items }) => items.find(({ name }) => name === 'template').parameters.properties.document.default);
    found.then(
      (document) => setState({ text: write(document) }),
      (problem) => setState({ problem }),
    );
  }, [id]);
  return state;
}

export function SpacesPage({ id }) {
  const initial = useInitial(id);
  return html`<div class="stack">
    <div class="row spread"><h1>Spaces</h1><a class="soft" href="/v1/schemas/space">JSON Schema</a></div>
    ${initial?.problem && html`<${Trouble} problem=${initial.problem} />`}
    ${initial?.text && html`<${Editor} key=${id || 'new'} initial=${initial.text} />`}
    <${Kept} />
  </div>`;
}
