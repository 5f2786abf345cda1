// A training of a candidate's network, or of one in a file: the parameters as a form out of the document's schema.
import { useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { post } from '../api.js';
import { count, value } from '../format.js';
import { useLoad } from '../load.js';
import { go, href } from '../router.js';
import { Field, SchemaFields } from '../parts/fields.js';
import { NetworkGraph } from '../parts/network.js';
import { Loaded, Panel, Trouble } from '../parts/panel.js';

// A file's network: the file itself, or the member of an export.
async function read(file) {
  let json;
  try {
    json = JSON.parse(await file.text());
  } catch (fault) {
    throw new Error(`${file.name} is no JSON: ${fault.message}`);
  }
  const network = json?.network ?? json;
  if (!Array.isArray(network?.nodes)) throw new Error(`${file.name} holds no network: there are no layers under “nodes”.`);
  return network;
}

function Source({ network, from, problem, onFile }) {
  const { costs } = network || {};
  return html`<div class="stack">
    <label class="field"><span>${from ? 'Another network, from a file' : 'A network as an export holds it, from a file'}</span>
      <input type="file" accept=".json,application/json" onChange=${({ target }) => target.files[0] && onFile(target.files[0])} />
    </label>
    ${problem && html`<${Trouble} problem=${problem} />`}
    ${from && html`<p class="soft">${from}${costs ? `: ${value(costs.params)} parameters, ${value(costs.macs)} MACs` : ''}, ${count(network.nodes.length)} layers</p>`}
    ${costs && html`<${NetworkGraph} network=${network} />`}
  </div>`;
}

function Editor({ schema, data, initial, from }) {
  const [network, setNetwork] = useState(initial);
  const [source, setSource] = useState(from);
  const [file, setFile] = useState(null);
  const [name, setName] = useState(from ?? '');
  const [training, setTraining] = useState({});
  const [limits, setLimits] = useState({});
  const [problem, setProblem] = useState(null);
  const [starting, setStarting] = useState(false);
  // One key for one document: a repeated click or a retry starts nothing twice.
  const key = useRef(crypto.randomUUID());
  const changed = (change) => (next) => {
    key.current = crypto.randomUUID();
    setProblem(null);
    change(next);
  };
  const take = async (chosen) => {
    try {
      changed(setNetwork)(await read(chosen));
      setFile(null);
      setSource(chosen.name);
      if (!name || name === source) setName(chosen.name);
    } catch (fault) {
      setFile(fault);
    }
  };
  const start = async () => {
    setStarting(true);
    setProblem(null);
    try {
      const { id } = await post('/v1/trainings', { name, network: { nodes: network.nodes }, training, limits }, key.current);
      go(['trainings', id]);
    } catch (failure) {
      setProblem(failure);
      setStarting(false);
    }
  };
  const errorAt = (pointer) => (problem?.errors || []).filter((error) => error.pointer === pointer).map(({ detail }) => detail).join('; ') || null;
  const ready = network && name && !starting;
  return html`<div class="columns editor">
    <${Panel} title="How">
      <div class="form">
        <fieldset>
          <legend>Training</legend>
          <${Field} label="name" error=${errorAt('/name')} wide><input value=${name} onInput=${({ target }) => changed(setName)(target.value)} /><//>
          <${SchemaFields} schema=${schema.properties.training} value=${training} pointer="/training" errorAt=${errorAt} suggestions=${data} onChange=${changed(setTraining)} />
        </fieldset>
        <fieldset>
          <legend>Limits</legend>
          <${SchemaFields} schema=${schema.properties.limits} value=${limits} pointer="/limits" errorAt=${errorAt} onChange=${changed(setLimits)} />
        </fieldset>
      </div>
    <//>
    <div class="beside">
      <${Panel} title="What" actions=${html`<button class="primary" disabled=${!ready} onClick=${start}>${starting ? 'Starting …' : 'Start training'}</button>`}>
        ${problem && html`<${Trouble} problem=${problem} />`}
        <${Source} network=${network} from=${source} problem=${file} onFile=${take} />
      <//>
    </div>
  </div>`;
}

export function NewTrainingPage({ route }) {
  const { search, candidate } = route.query;
  const schema = useLoad('/v1/schemas/training');
  const artifacts = useLoad('/v1/artifacts');
  const network = useLoad(search && candidate ? `/v1/searches/${search}/candidates/${candidate}/network` : null);
  const editor = (initial) => html`<${Loaded} load=${schema} what="the form">
    ${(loaded) => html`<${Editor} schema=${loaded} data=${['glyphs', 'gratings', ...(artifacts.data?.items || []).map(({ name }) => name)]} initial=${initial}
        from=${initial && `Candidate ${candidate} of ${search}`} />`}
  <//>`;
  return html`<div class="stack">
    <div class="row spread"><h1>Train a network</h1>
      ${search && html`<a href=${href(['searches', search], { candidate })}>Back to the candidate</a>`}</div>
    ${search ? html`<${Loaded} load=${network} what="network">${editor}<//>` : editor(null)}
  </div>`;
}
