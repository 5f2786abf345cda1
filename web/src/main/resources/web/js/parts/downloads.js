// A menu of what can be taken home: every format of /v1/exporters at one click, its options beside it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { fetchFirst, query } from '../api.js';
import { useLoad } from '../load.js';
import { Trouble } from './panel.js';
import { SchemaFields } from './fields.js';

const none = () => undefined;

// The file is made first, so that what stands in the way is said here and not by the browser.
function useDownload() {
  const [state, setState] = useState({ busy: null, problem: null });
  const download = (href) => async (event) => {
    event.preventDefault();
    if (state.busy) return;
    setState({ busy: href, problem: null });
    try {
      await fetchFirst(href);
      const link = Object.assign(document.createElement('a'), { href, download: '' });
      document.body.append(link);
      link.click();
      link.remove();
      setState({ busy: null, problem: null });
    } catch (problem) {
      setState({ busy: null, problem });
    }
  };
  return { ...state, download };
}

// Closed by Escape, and by a click anywhere else.
function useClosing(menu) {
  useEffect(() => {
    const outside = ({ target }) => {
      if (menu.current?.open && !menu.current.contains(target)) menu.current.open = false;
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, []);
  return (event) => {
    if (event.key === 'Escape' && menu.current.open) {
      event.stopPropagation();
      menu.current.open = false;
      menu.current.querySelector('summary').focus();
    }
  };
}

function Item({ href, name, text, busy, download }) {
  return html`<a href=${href} download onClick=${download(href)} aria-busy=${busy === href}>
    <strong>${name}</strong>
    <small>${busy === href ? 'is being made …' : text}</small>
  </a>`;
}

function Format({ exporter, path, busy, download }) {
  const [options, setOptions] = useState({});
  const href = `${path}${query({ format: exporter.name, ...options })}`;
  const any = Object.keys(exporter.options.properties).length > 0;
  return html`<li>
    <${Item} href=${href} name=${exporter.name} text=${exporter.description} busy=${busy} download=${download} />
    ${any && html`<div class="options" role="group" aria-label=${`Options of ${exporter.name}`}>
      <${SchemaFields} schema=${exporter.options} value=${options} pointer="" errorAt=${none} onChange=${setOptions} />
    </div>`}
  </li>`;
}

// path: of the export; others: further files { href, name, text }; title: what the formats are of; weights: whether there are any;
// layer: whether it is one by itself, or may be
export function Downloads({ path, others = [], title, weights = true, layer = false, primary, small }) {
  const menu = useRef(null);
  const [opened, setOpened] = useState(false);
  const exporters = useLoad(opened ? '/v1/exporters' : null);
  const { busy, problem, download } = useDownload();
  const escape = useClosing(menu);
  const formats = (exporters.data?.items || []).filter((each) => (weights || !each.has_weights) && (layer || !each.layers_only));
  return html`<details class="menu" ref=${menu} onToggle=${(event) => event.target.open && setOpened(true)} onKeyDown=${escape}>
    <summary class=${`button${primary ? ' primary' : ''}${small ? ' small' : ''}`}>Download</summary>
    <div class="choices">
      ${(problem || exporters.problem) && html`<${Trouble} problem=${problem || exporters.problem} />`}
      <ul class="plain">${others.map((each) => html`<li key=${each.href}><${Item} ...${each} busy=${busy} download=${download} /></li>`)}</ul>
      ${title && html`<p class="label">${title}</p>`}
      <ul class="plain">
        ${formats.map((each) => html`<${Format} key=${each.name} exporter=${each} path=${path} busy=${busy} download=${download} />`)}
      </ul>
    </div>
  </details>`;
}
