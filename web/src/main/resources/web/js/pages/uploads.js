// Models and data sets of one's own: sent, listed, taken home, deleted.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { query, remove } from '../api.js';
import { age, bytes, count, value } from '../format.js';
import { arrows } from '../focus.js';
import { useLoad } from '../load.js';
import { set } from '../router.js';
import { Confirm } from '../parts/confirm.js';
import { Downloads } from '../parts/downloads.js';
import { Empty, Loaded, Panel, Trouble } from '../parts/panel.js';
import { UploadForm, dataName, modelName } from '../parts/upload-form.js';

const PAGE = 25;

const shape = ({ channels, height, width }) => `${channels} × ${height} × ${width}`;

function Name({ item, children }) {
  return html`<td class="name"><span>${item.name}</span><div class="label">${children} · ${bytes(item.bytes)} · <code title=${item.id}>${item.id.slice(0, 12)}</code></div></td>`;
}

const Age = ({ item }) => html`<td class="number soft" data-label="Came" title=${new Date(item.created_at).toLocaleString()}>${age(item.created_at)}</td>`;

const Delete = ({ item, onDelete }) => html`<td class="number"><button class="small danger" aria-label=${`Delete ${item.name}`} onClick=${() => onDelete(item)}>Delete</button></td>`;

function Model({ item, onDelete }) {
  const path = `/v1/models/${item.id}`;
  return html`<tr>
    <${Name} item=${item}>ONNX, opset ${item.opset}${item.producer && `, by ${item.producer}`}<//>
    <td data-label="Input → output">${shape(item.input)} → ${shape(item.output)}${item.notes.length > 0 &&
      html`<details class="label"><summary>${count(item.notes.length)} ${item.notes.length === 1 ? 'note' : 'notes'}</summary><ul>${item.notes.map((note) => html`<li>${note}</li>`)}</ul></details>`}</td>
    <td class="number" data-label="Layers">${count(item.layers)}</td>
    <td class="number" data-label="Parameters">${value(item.costs.params)}</td>
    <td class="number" data-label="MACs">${value(item.costs.macs)}</td>
    <td data-label="Files"><${Downloads} path=${`${path}/export`} small title="In another format" others=${[
      { href: `${path}/content`, name: 'file', text: 'The file as it was uploaded.' },
    ]} /></td>
    <${Age} item=${item} />
    <${Delete} item=${item} onDelete=${onDelete} />
  </tr>`;
}

function Data({ item, onDelete }) {
  const { train, validation, test } = item.images;
  return html`<tr>
    <${Name} item=${item}>${item.format}<//>
    <td data-label="Images">${count(train)} + ${count(validation)} + ${count(test)}</td>
    <td class="number" data-label="Classes" title=${item.class_names.slice(0, 100).join(', ')}>${count(item.classes)}</td>
    <td class="number" data-label="Size">${item.channels} × ${item.size} × ${item.size}</td>
    <${Age} item=${item} />
    <${Delete} item=${item} onDelete=${onDelete} />
  </tr>`;
}

const KINDS = [
  {
    key: 'models',
    title: 'Models',
    what: 'an ONNX model',
    accept: '.onnx',
    hint: 'An ONNX file becomes a network with its weights. What cannot be read is named with its node.',
    suggest: modelName,
    columns: ['Input → output', 'Layers', 'Parameters', 'MACs', 'Files'],
    numbers: ['Layers', 'Parameters', 'MACs'],
    row: Model,
  },
  {
    key: 'data',
    title: 'Data sets',
    what: 'a data set',
    accept: '.zip,.npz,.bin,.gz',
    hint: 'CIFAR records, a zip of IDX files, a NumPy .npz, or a zip of PNG or JPEG files by class. Documents use it by its name.',
    suggest: dataName,
    columns: ['Train + validation + test', 'Classes', 'Size'],
    numbers: ['Classes', 'Size'],
    row: Data,
  },
];

function Table({ kind, page, cursor, onDelete }) {
  const number = (name) => (kind.numbers.includes(name) ? 'number' : undefined);
  return html`<table class="searches" onKeyDown=${arrows('tbody button')}>
      <thead>
        <tr>
          <th>Name</th>
          ${kind.columns.map((name) => html`<th class=${number(name)}>${name}</th>`)}
          <th class="number">Came</th>
          <th><span aria-label="Delete"></span></th>
        </tr>
      </thead>
      <tbody>
        ${page.items.map((item) => html`<${kind.row} key=${item.id} item=${item} onDelete=${onDelete} />`)}
      </tbody>
    </table>
    ${(cursor || page.next) && html`<div class="row pages">
      <button disabled=${!cursor} onClick=${() => set({ [kind.key]: '' })}>Newest</button>
      <button disabled=${!page.next} onClick=${() => set({ [kind.key]: page.next })}>Older</button>
    </div>`}`;
}

function Kind({ kind, cursor }) {
  const path = `/v1/${kind.key}`;
  const load = useLoad(`${path}${query({ limit: PAGE, cursor })}`);
  const [doomed, setDoomed] = useState(null);
  const [problem, setProblem] = useState(null);
  const forget = async () => {
    const { id } = doomed;
    setDoomed(null);
    try {
      await remove(`${path}/${id}`);
      setProblem(null);
    } catch (failure) {
      setProblem(failure);
    }
    load.reload();
  };
  const list = (page) =>
    page.items.length > 0
      ? html`<${Table} kind=${kind} page=${page} cursor=${cursor} onDelete=${setDoomed} />`
      : html`<${Empty}>Nothing has been uploaded yet.<//>`;
  return html`<${Panel} title=${kind.title} flush>
    <div class="body"><${UploadForm} path=${path} what=${kind.what} accept=${kind.accept} hint=${kind.hint} suggest=${kind.suggest} onDone=${load.reload} />
      ${problem && html`<${Trouble} problem=${problem} />`}</div>
    <${Loaded} load=${load} what=${kind.title.toLowerCase()}>${list}<//>
    ${doomed && html`<${Confirm} question=${`Delete ${doomed.name}?`} yes="Delete" onYes=${forget} onNo=${() => setDoomed(null)}>
      The file and everything made of it are removed; results that were measured with it stay.
    <//>`}
  <//>`;
}

export function UploadsPage({ route }) {
  return html`<div class="stack">
    <h1>Uploads</h1>
    ${KINDS.map((kind) => html`<${Kind} key=${kind.key} kind=${kind} cursor=${route.query[kind.key]} />`)}
  </div>`;
}
