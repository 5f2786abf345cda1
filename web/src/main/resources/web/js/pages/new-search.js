// A search from a ready-made document, an earlier search, or one's own: as a form or as text, which are two views of one
// document. Every change is tried on the service, and what is wrong is shown at its place before anything starts.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { get, post } from '../api.js';
import { parse, useCheck } from '../check.js';
import { useLoad } from '../load.js';
import { go, set } from '../router.js';
import { DocumentForm } from '../parts/document-form.js';
import { DocumentText } from '../parts/document-text.js';
import { Mistakes } from '../parts/mistakes.js';
import { Loaded, Loading, Panel, Trouble } from '../parts/panel.js';
import { Preview } from '../parts/preview.js';

const write = (document) => JSON.stringify(document, null, 2);

// The two views as tabs: arrow keys change between them.
function Views({ view, onView }) {
  const tab = (name, text) => html`<button role="tab" id=${`tab-${name}`} aria-selected=${view === name} aria-controls="view" tabindex=${view === name ? 0 : -1}
      onClick=${() => onView(name)}>${text}</button>`;
  const turn = (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = view === 'form' ? 'text' : 'form';
    onView(other);
    document.getElementById(`tab-${other}`).focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="View of the document" onKeyDown=${turn}>${tab('form', 'Form')}${tab('text', 'JSON')}</div>`;
}

function Editor({ initial, view }) {
  const [text, setText] = useState(initial);
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState(null);
  const [jump, setJump] = useState(null);
  // One key for one document: a repeated click or a retry starts nothing twice.
  const key = useRef(crypto.randomUUID());
  const check = useCheck(text);
  const change = (next) => {
    setText(next);
    setProblem(null);
    key.current = crypto.randomUUID();
  };
  const goTo = (line) => {
    set({ view: 'text' });
    setJump({ line });
  };
  const start = async () => {
    setStarting(true);
    setProblem(null);
    try {
      const search = await post('/v1/searches', JSON.parse(text), key.current);
      go(['searches', search.id]);
    } catch (failure) {
      setProblem(failure);
      setStarting(false);
    }
  };
  const ready = check.result && !check.checking && !starting;
  const body =
    view === 'text'
      ? html`<${DocumentText} text=${text} errors=${check.errors} jump=${jump} onChange=${change} />`
      : html`<${DocumentForm} document=${parse(text).document} errors=${check.errors} onChange=${(next) => change(write(next))} />`;
  return html`<div class="columns editor">
    <${Panel} title="Search document" actions=${html`<${Views} view=${view} onView=${(name) => set({ view: name })} />`}>
      <div id="view" role="tabpanel" aria-labelledby=${`tab-${view}`}>${body}</div>
    <//>
    <div class="beside">
      <${Panel} title=${check.errors.length ? 'To be mended' : 'What it would search'}
        actions=${html`<span class="label" role="status">${check.checking ? 'checking …' : ''}</span>
          <button class="primary" disabled=${!ready} onClick=${start}>${starting ? 'Starting …' : 'Start search'}</button>`}>
        ${problem && html`<${Trouble} problem=${problem} />`}
        ${check.problem && html`<${Trouble} problem=${check.problem} />`}
        ${check.errors.length > 0 && html`<${Mistakes} errors=${check.errors} onJump=${goTo} />`}
        ${check.result && html`<${Preview} result=${check.result} />`}
        ${!check.result && !check.errors.length && !check.problem && html`<${Loading} what="the preview" />`}
      <//>
    </div>
  </div>`;
}

// A search of a kept space, to be changed: a score without labels against parameters.
const over = ({ id, name }) => ({
  name: `Search of ${name}`.slice(0, 200),
  space: { name: 'template', parameters: { id } },
  objectives: [{ metric: 'zen' }, { metric: 'params', direction: 'minimize' }],
  strategy: { name: 'nsga2' },
  budget: { evaluations: 200 },
});

function useInitial(route, examples) {
  const [state, setState] = useState(null);
  const { from, example, space } = route.query;
  useEffect(() => {
    if (!examples) return;
    const named = examples.find(({ name }) => name === example) || examples[0];
    const show = (document, origin) => setState({ text: write(document), origin });
    if (space) {
      get(`/v1/spaces/${space}`).then(
        (kept) => show(over(kept), space),
        (problem) => setState({ problem }),
      );
    } else if (from) {
      get(`/v1/searches/${from}`).then(
        (search) => show(search.document, from),
        (problem) => setState({ problem }),
      );
    } else if (named) {
      show(named.document, named.name);
    }
  }, [from, example, space, examples]);
  return state;
}

export function NewSearchPage({ route }) {
  const load = useLoad('/v1/examples');
  const initial = useInitial(route, load.data?.items);
  const chosen = route.query.example || load.data?.items[0]?.name;
  const other = (route.query.space && 'a kept space') || (route.query.from && 'an earlier search');
  const view = route.query.view === 'text' ? 'text' : 'form';
  return html`<div class="stack">
    <div class="row spread">
      <h1>New search</h1>
      <${Loaded} load=${load} what="documents">
        ${({ items }) => html`<label class="row tight"><span class="label">Start from</span>
          <select value=${other ? '' : chosen} onChange=${(event) => set({ example: event.target.value, from: '', space: '' })}>
            ${other && html`<option value="">${other}</option>`}
            ${items.map(({ name, title }) => html`<option value=${name}>${title}</option>`)}
          </select>
        </label>`}
      <//>
    </div>
    ${initial?.problem && html`<${Trouble} problem=${initial.problem} />`}
    ${initial?.text && html`<${Editor} key=${initial.origin} initial=${initial.text} view=${view} />`}
  </div>`;
}
