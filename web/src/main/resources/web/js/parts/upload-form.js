// One file to be chosen or dropped, its name, how far it is, and what became of it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { query } from '../api.js';
import { bytes } from '../format.js';
import { upload } from '../upload.js';
import { Field } from './fields.js';
import { Trouble } from './panel.js';
import { Bar } from './progress.js';

// What documents may call it: the file's name without its ending, in the letters that are allowed.
export const dataName = (file) =>
  file
    .toLowerCase()
    .replace(/\.(zip|npz|bin|gz|tar)$/g, '')
    .replaceAll(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 100) || 'data';

export const modelName = (file) => file.replace(/\.onnx$/i, '').slice(0, 100) || 'model';

function Sending({ file, fraction, onStop }) {
  const text = fraction < 1 ? `Sending ${file.name}` : `${file.name} is being looked into …`;
  return html`<div class="stack tight" role="status">
    <div class="row spread"><span>${text}</span><button onClick=${onStop}>Stop</button></div>
    <${Bar} fraction=${fraction} label=${`Sent of ${file.name}`} state="running" />
  </div>`;
}

export function UploadForm({ path, what, accept, hint, suggest, onDone }) {
  const [file, setFile] = useState(null);
  const [name, setName] = useState('');
  const [over, setOver] = useState(false);
  const [fraction, setFraction] = useState(null);
  const [problem, setProblem] = useState(null);
  const [result, setResult] = useState(null);
  const running = useRef(null);
  useEffect(() => () => running.current?.stop(), []);
  const choose = (chosen) => {
    if (!chosen) return;
    setFile(chosen);
    setName(suggest(chosen.name));
    setProblem(null);
    setResult(null);
  };
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    choose(event.dataTransfer.files[0]);
  };
  const send = async (event) => {
    event.preventDefault();
    setProblem(null);
    setResult(null);
    setFraction(0);
    running.current = upload(`${path}${query({ name })}`, file, setFraction);
    try {
      const { fresh, item } = await running.current.done;
      setResult(fresh ? `“${item.name}” is here.` : `This content was here already, as “${item.name}”.`);
      setFile(null);
      onDone(item);
    } catch (failure) {
      setProblem(failure);
    } finally {
      running.current = null;
      setFraction(null);
    }
  };
  const sending = fraction !== null;
  return html`<form class="stack tight" onSubmit=${send}>
    <label class=${`drop${over ? ' over' : ''}`} onDragOver=${(event) => event.preventDefault() || setOver(true)} onDragLeave=${() => setOver(false)} onDrop=${drop}>
      <span>${file ? `${file.name}, ${bytes(file.size)}` : `Drop ${what} here, or choose one`}</span>
      <input type="file" aria-label=${`Choose ${what}`} accept=${accept} disabled=${sending} onChange=${({ target }) => choose(target.files[0])} />
      <small class="soft">${hint}</small>
    </label>
    ${file && !sending && html`<div class="row end-fields">
      <${Field} label="Name"><input required maxlength="100" value=${name} onInput=${({ target }) => setName(target.value)} /><//>
      <button class="primary" disabled=${!name}>Upload</button>
    </div>`}
    ${sending && html`<${Sending} file=${file} fraction=${fraction} onStop=${() => running.current?.stop()} />`}
    ${result && html`<div class="notice good" role="status">${result}</div>`}
    ${problem && html`<${Trouble} problem=${problem} />`}
  </form>`;
}
