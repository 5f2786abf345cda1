// Form fields out of a JSON Schema: one for each property of an object. What is left empty keeps the schema's default.
import { html } from '../html.js';
import { words } from '../format.js';
import { Field } from './field.js';
import { JsonField, ListField } from './wide-fields.js';

const typeOf = ({ type }) => (Array.isArray(type) ? type.find((each) => each !== 'null') : type);

function read(schema, text) {
  if (text === '') return undefined;
  const type = typeOf(schema);
  return type === 'integer' || type === 'number' ? Number(text) : text;
}

export { Field };

export function SchemaField({ name, schema, value, error, suggestions, onChange }) {
  const type = typeOf(schema);
  const label = words(name);
  if (type === 'boolean') {
    return html`<label class="field check" title=${schema.description}>
      <input type="checkbox" checked=${value ?? schema.default ?? false} onChange=${(event) => onChange(event.target.checked)} />
      <span>${label}</span>
    </label>`;
  }
  if (schema.enum) {
    const names = schema.enum.filter((each) => each !== null);
    return html`<${Field} label=${label} hint=${schema.description} error=${error}>
      <select value=${value ?? ''} onChange=${(event) => onChange(event.target.value || undefined)}>
        <option value="">${schema.default ?? ''}</option>
        ${names.map((each) => html`<option value=${each}>${each}</option>`)}
      </select>
    <//>`;
  }
  const number = type === 'integer' || type === 'number';
  const list = suggestions && `suggestions-${name}`;
  return html`<${Field} label=${label} hint=${schema.description} error=${error}>
    <input type=${number ? 'number' : 'text'} step=${type === 'number' ? 'any' : undefined} min=${schema.minimum} max=${schema.maximum} list=${list}
      placeholder=${schema.default ?? ''} value=${value ?? ''} aria-invalid=${Boolean(error)} onInput=${(event) => onChange(read(schema, event.target.value))} />
    ${list && html`<datalist id=${list}>${suggestions.map((each) => html`<option value=${each} />`)}</datalist>`}
  <//>`;
}

const SCALARS = ['integer', 'number', 'string', 'boolean'];

// Whether a value is one field, a group of fields, a list in one field, or text in JSON.
function formOf(schema) {
  const type = typeOf(schema);
  if (SCALARS.includes(type)) return 'plain';
  if (type === 'object' && schema.properties) return 'group';
  return type === 'array' && SCALARS.includes(typeOf(schema.items || {})) ? 'list' : 'json';
}

// errorAt: pointer -> what is wrong there, or, with true, in it too; onChange: the object with one member changed
export function SchemaFields({ schema, value, pointer, errorAt, suggestions, onChange }) {
  const members = (form) => Object.entries(schema.properties).filter(([, each]) => formOf(each) === form);
  const change = (name) => (next) => {
    const changed = { ...value, [name]: next };
    if (next === undefined) delete changed[name];
    onChange(changed);
  };
  // An object that may be left out is left out with its last member.
  const changeNested = (name, each) => (next) => change(name)([].concat(each.type).includes('null') && !Object.keys(next).length ? undefined : next);
  return html`${members('plain').map(
      ([name, each]) => html`<${SchemaField} key=${name} name=${name} schema=${each} value=${value?.[name]} error=${errorAt(`${pointer}/${name}`)}
        suggestions=${typeOf(each) === 'string' ? suggestions : undefined} onChange=${change(name)} />`,
    )}
    ${members('list').map(
      ([name, each]) => html`<${ListField} key=${name} name=${name} schema=${each} value=${value?.[name]} error=${errorAt(`${pointer}/${name}`, true)} onChange=${change(name)} />`,
    )}
    ${members('json').map(
      ([name, each]) => html`<${JsonField} key=${name} name=${name} schema=${each} value=${value?.[name]} error=${errorAt(`${pointer}/${name}`, true)} onChange=${change(name)} />`,
    )}
    ${members('group').map(
      ([name, each]) => html`<fieldset class="wide" key=${name} title=${each.description}>
        <legend>${words(name)}</legend>
        <${SchemaFields} schema=${each} value=${value?.[name]} pointer=${`${pointer}/${name}`} errorAt=${errorAt} suggestions=${suggestions} onChange=${changeNested(name, each)} />
      </fieldset>`,
    )}`;
}
