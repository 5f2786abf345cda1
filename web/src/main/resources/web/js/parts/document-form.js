// The document as a form, built from what the service says can be named in it. It changes the same document as the text.
import { html } from '../html.js';
import { useLoad } from '../load.js';
import { Loading, Trouble } from './panel.js';
import { Field, SchemaField, SchemaFields } from './fields.js';

// Members with a part of the form of their own; the schema says how the others are asked for.
const OWN = ['name', 'seed', 'window', 'space', 'objectives', 'constraints', 'metrics', 'evaluators', 'strategy', 'budget', 'limits'];

function useCatalog() {
  const loads = {
    spaces: useLoad('/v1/spaces'),
    strategies: useLoad('/v1/strategies'),
    metrics: useLoad('/v1/metrics'),
    evaluators: useLoad('/v1/evaluators'),
    artifacts: useLoad('/v1/artifacts'),
    schema: useLoad('/v1/schemas/search'),
  };
  const all = Object.values(loads);
  const problem = all.find((load) => load.problem && !load.data)?.problem;
  const data = all.every((load) => load.data) ? Object.fromEntries(Object.entries(loads).map(([name, load]) => [name, load.data])) : null;
  return { data, problem };
}

// A space or a strategy: which, and its parameters.
function Part({ title, items, part, pointer, errorAt, onChange }) {
  const chosen = items.find(({ name }) => name === part?.name);
  return html`<fieldset>
    <legend>${title}</legend>
    <${Field} label="name" hint=${chosen?.description} error=${errorAt(`${pointer}/name`) || errorAt(pointer)} wide>
      <select value=${part?.name ?? ''} onChange=${(event) => onChange({ name: event.target.value })}>
        ${!chosen && html`<option value=${part?.name ?? ''}>${part?.name ?? ''}</option>`}
        ${items.map(({ name }) => html`<option value=${name}>${name}</option>`)}
      </select>
    <//>
    ${chosen && html`<p class="label wide">${chosen.description}</p>
      <${SchemaFields} schema=${chosen.parameters} value=${part.parameters} pointer=${`${pointer}/parameters`} errorAt=${errorAt}
        onChange=${(parameters) => onChange({ ...part, parameters })} />`}
  </fieldset>`;
}

function Objectives({ document, metrics, errorAt, onChange }) {
  const objectives = document.objectives || [];
  const replace = (i, next) => onChange(objectives.flatMap((each, j) => (i === j ? (next ? [next] : []) : [each])));
  const known = new Map(metrics.map((metric) => [metric.name, metric]));
  const free = metrics.find(({ name }) => !objectives.some(({ metric }) => metric === name));
  return html`<fieldset>
    <legend>Objectives</legend>
    ${objectives.map((objective, i) => html`<div class="wide objective" key=${i}>
        <${Field} label=${i === 0 ? 'decides what is best' : 'and'} error=${errorAt(`/objectives/${i}/metric`) || errorAt(`/objectives/${i}`)}>
          <select value=${objective.metric} onChange=${(event) => replace(i, { metric: event.target.value })}>
            ${!known.has(objective.metric) && html`<option value=${objective.metric}>${objective.metric}</option>`}
            ${metrics.map(({ name }) => html`<option value=${name}>${name}</option>`)}
          </select>
        <//>
        <${Field} label="direction" error=${errorAt(`/objectives/${i}/direction`)}>
          <select value=${objective.direction ?? known.get(objective.metric)?.direction} onChange=${(event) => replace(i, { ...objective, direction: event.target.value })}>
            <option value="maximize">maximize</option>
            <option value="minimize">minimize</option>
          </select>
        <//>
        <button disabled=${objectives.length < 2} onClick=${() => replace(i, null)} aria-label=${`Remove ${objective.metric}`}>×</button>
      </div>`)}
    <div class="wide"><button disabled=${!free} onClick=${() => onChange([...objectives, { metric: free.name }])}>Add an objective</button></div>
  </fieldset>`;
}

function Measured({ document, metrics, onChange }) {
  const chosen = document.metrics || [];
  const optional = metrics.filter(({ name, cheap }) => !cheap && !(document.objectives || []).some(({ metric }) => metric === name));
  const toggle = (name) => onChange(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  return html`<fieldset>
    <legend>Measured as well</legend>
    <div class="wide checks">
      ${optional.map(({ name, description }) => html`<label class="field check" title=${description}>
          <input type="checkbox" checked=${chosen.includes(name)} onChange=${() => toggle(name)} /><span>${name}</span>
        </label>`)}
    </div>
  </fieldset>`;
}

function Constraints({ document, metrics, errorAt, onChange }) {
  const constraints = document.constraints || [];
  const cheap = metrics.filter((metric) => metric.cheap);
  const free = cheap.find(({ name }) => !constraints.some(({ metric }) => metric === name));
  const replace = (i, next) => onChange(constraints.flatMap((each, j) => (i === j ? (next ? [next] : []) : [each])));
  const bound = (constraint, i, end) => html`<${Field} label=${end === 'min' ? 'at least' : 'at most'} error=${errorAt(`/constraints/${i}/${end}`)}>
    <input type="number" step="any" value=${constraint[end] ?? ''}
      onInput=${({ target }) => replace(i, { ...constraint, [end]: target.value === '' ? undefined : Number(target.value) })} />
  <//>`;
  return html`<fieldset>
    <legend>Constraints</legend>
    ${constraints.map((constraint, i) => html`<div class="wide constraint" key=${i}>
        <${Field} label="metric" error=${errorAt(`/constraints/${i}/metric`) || errorAt(`/constraints/${i}`)}>
          <select value=${constraint.metric} onChange=${(event) => replace(i, { ...constraint, metric: event.target.value })}>
            ${!cheap.some(({ name }) => name === constraint.metric) && html`<option value=${constraint.metric}>${constraint.metric}</option>`}
            ${cheap.map(({ name }) => html`<option value=${name}>${name}</option>`)}
          </select>
        <//>
        ${bound(constraint, i, 'min')} ${bound(constraint, i, 'max')}
        <button onClick=${() => replace(i, null)} aria-label=${`Remove the constraint on ${constraint.metric}`}>×</button>
      </div>`)}
    <div class="wide"><button disabled=${!free} onClick=${() => onChange([...constraints, { metric: free.name }])}>Add a constraint</button></div>
  </fieldset>`;
}

function Evaluators({ document, catalog, errorAt, onChange }) {
  const named = new Set([...(document.objectives || []).map(({ metric }) => metric), ...(document.metrics || [])]);
  const used = catalog.evaluators.items.filter(
    ({ name, parameters }) => Object.keys(parameters.properties).length && catalog.metrics.items.some((metric) => metric.evaluator === name && named.has(metric.name)),
  );
  const data = ['glyphs', 'gratings', ...catalog.artifacts.items.map(({ name }) => name)];
  return used.map(
    ({ name, parameters }) => html`<fieldset key=${name}>
      <legend>Evaluator ${name}</legend>
      <${SchemaFields} schema=${parameters} value=${document.evaluators?.[name]} pointer=${`/evaluators/${name}`} errorAt=${errorAt} suggestions=${data}
        onChange=${(next) => onChange({ ...document.evaluators, [name]: next })} />
    </fieldset>`,
  );
}

export function DocumentForm({ document, errors, onChange }) {
  const { data: catalog, problem } = useCatalog();
  if (!catalog) return problem ? html`<${Trouble} problem=${problem} />` : html`<${Loading} what="the form" />`;
  if (!document || typeof document !== 'object') return html`<p class="notice warn">The text is no JSON object; mend it there first.</p>`;
  const errorAt = (pointer, within) =>
    errors
      .filter((error) => error.pointer === pointer || (within && error.pointer?.startsWith(`${pointer}/`)))
      .map(({ detail }) => detail)
      .join('; ') || null;
  const change = (member) => (next) => onChange({ ...document, [member]: next });
  const { properties } = catalog.schema;
  const others = Object.fromEntries(Object.entries(properties).filter(([name]) => !OWN.includes(name)));
  const own = (name) => html`<${SchemaField} name=${name} schema=${properties[name]} value=${document[name]} error=${errorAt(`/${name}`)} onChange=${change(name)} />`;
  return html`<div class="form">
    <fieldset>
      <legend>Search</legend>
      <${Field} label="name" error=${errorAt('/name')} wide>
        <input value=${document.name ?? ''} onInput=${(event) => change('name')(event.target.value)} />
      <//>
      ${own('seed')} ${own('window')}
    </fieldset>
    <${Part} title="Space" items=${catalog.spaces.items} part=${document.space} pointer="/space" errorAt=${errorAt} onChange=${change('space')} />
    <${Objectives} document=${document} metrics=${catalog.metrics.items} errorAt=${errorAt} onChange=${change('objectives')} />
    <${Constraints} document=${document} metrics=${catalog.metrics.items} errorAt=${errorAt} onChange=${change('constraints')} />
    <${Measured} document=${document} metrics=${catalog.metrics.items} onChange=${change('metrics')} />
    <${Evaluators} document=${document} catalog=${catalog} errorAt=${errorAt} onChange=${change('evaluators')} />
    <${Part} title="Strategy" items=${catalog.strategies.items} part=${document.strategy} pointer="/strategy" errorAt=${errorAt} onChange=${change('strategy')} />
    <fieldset>
      <legend>Budget</legend>
      <${SchemaFields} schema=${properties.budget} value=${document.budget} pointer="/budget" errorAt=${errorAt} onChange=${change('budget')} />
    </fieldset>
    <fieldset>
      <legend>Limits of one evaluation</legend>
      <${SchemaFields} schema=${properties.limits} value=${document.limits} pointer="/limits" errorAt=${errorAt} onChange=${change('limits')} />
    </fieldset>
    ${Object.keys(others).length > 0 && html`<fieldset>
      <legend>Start and finish</legend>
      <${SchemaFields} schema=${{ properties: others }} value=${document} pointer="" errorAt=${errorAt} onChange=${onChange} />
    </fieldset>`}
  </div>`;
}
