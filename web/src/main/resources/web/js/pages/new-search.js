// A search from a ready-made document, an earlier search, or one's own text. Every change is tried on the service, and what
// is wrong is shown at its line before anything starts.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { get, post } from '../api.js';
import { lineOf } from '../json-position.js';
import { useLoad } from '../load.js';
import { go, set } from '../router.js';
import { Loaded, Panel, Trouble } from '../parts/panel.js';
import { Preview } from '../parts/preview.js';

const PAUSE = 400;

function parse(text) {
  try {
    return { document: JSON.parse(text), errors: [] };
  } catch (error) {
    const at = /position (\d+)/.exec(error.message);
    const line = at ? text.slice(0, Number(at[1])).split('\n').length : 1;
    return { document: null, errors: [{ pointer: '', detail: `Not JSON: ${error.message}`, line }] };
  }
}

// Tries the text a moment after the last key: { errors, result, checking }.
function useCheck(text) {
  const [state, setState] = useState({ errors: [], result: null, checking: false, problem: null });
  useEffect(() => {
    if (!text) return undefined;
    const { document, errors } = parse(text);
    if (!document) {
      setState({ errors, result: null, checking: false, problem: null });
      return undefined;
    }
    let stale = false;
    setState((before) => ({ ...before, checking: true }));
    const timer = setTimeout(async () => {
      try {
        const result = await post('/v1/searches:validate', document);
        const found = (result.errors || []).map((error) => ({ ...error, line: lineOf(text, error.pointer) }));
        if (!stale) setState({ errors: found, result: result.valid ? result : null, checking: false, problem: null });
      } catch (problem) {
        const found = problem.errors.map((error) => ({ ...error, line: lineOf(text, error.pointer) }));
        if (!stale) setState({ errors: found, result: null, checking: false, problem: found.length ? null : problem });
      }
    }, PAUSE);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [text]);
  return state;
}

function Errors({ errors, onJump }) {
  return html`<div class="notice bad" role="alert">
    <ul class="errors">
      ${errors.map((error) => html`<li>
        <a href="#" onClick=${(event) => (event.preventDefault(), onJump(error.line))}>line ${error.line}</a>
        ${' '}<code>${error.pointer || '/'}</code> ${error.detail}
      </li>`)}
    </ul>
  </div>`;
}

function Editor({ initial }) {
  const [text, setText] = useState(initial);
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState(null);
  const area = useRef(null);
  const key = useRef(crypto.randomUUID());
  const check = useCheck(text);
  const change = (event) => {
    setText(event.target.value);
    key.current = crypto.randomUUID();
  };
  const jump = (line) => {
    const lines = text.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    area.current.focus();
    area.current.setSelectionRange(start, start + lines[line - 1].length);
    area.current.scrollTop = (line - 4) * (area.current.scrollHeight / lines.length);
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
  return html`<div class="columns">
    <${Panel} title="Search document" actions=${html`<button class="primary" disabled=${!ready} onClick=${start}>
        ${starting ? 'Starting …' : 'Start search'}</button>`}>
      <textarea ref=${area} spellcheck="false" aria-label="Search document" aria-invalid=${check.errors.length > 0} value=${text} onInput=${change}></textarea>
      ${problem && html`<${Trouble} problem=${problem} />`}
    <//>
    <${Panel} title=${check.errors.length ? 'To be mended' : 'What it would search'}>
      ${check.problem && html`<${Trouble} problem=${check.problem} />`}
      ${check.errors.length > 0 && html`<${Errors} errors=${check.errors} onJump=${jump} />`}
      ${check.result && html`<${Preview} result=${check.result} />`}
      ${!check.result && !check.errors.length && !check.problem && html`<p class="soft">Checking …</p>`}
    <//>
  </div>`;
}

function useInitial(route, examples) {
  const [state, setState] = useState(null);
  const { from, example } = route.query;
  useEffect(() => {
    if (!examples) return;
    const named = examples.find(({ name }) => name === example) || examples[0];
    const show = (document, origin) => setState({ text: JSON.stringify(document, null, 2), origin });
    if (from) {
      get(`/v1/searches/${from}`).then(
        (search) => show(search.document, from),
        (problem) => setState({ problem }),
      );
    } else if (named) {
      show(named.document, named.name);
    }
  }, [from, example, examples]);
  return state;
}

export function NewSearchPage({ route }) {
  const load = useLoad('/v1/examples');
  const initial = useInitial(route, load.data?.items);
  const chosen = route.query.example || load.data?.items[0]?.name;
  return html`<div class="stack">
    <div class="row spread">
      <h1>New search</h1>
      <${Loaded} load=${load} what="documents">
        ${({ items }) => html`<label class="row"><span class="label">Ready-made</span>
          <select value=${route.query.from ? '' : chosen} onChange=${(event) => set({ example: event.target.value, from: '' })}>
            ${route.query.from && html`<option value="">variant of an earlier search</option>`}
            ${items.map(({ name, title }) => html`<option value=${name}>${title}</option>`)}
          </select>
        </label>`}
      <//>
    </div>
    ${initial?.problem && html`<${Trouble} problem=${initial.problem} />`}
    ${initial?.text && html`<${Editor} key=${initial.origin} initial=${initial.text} />`}
  </div>`;
}
