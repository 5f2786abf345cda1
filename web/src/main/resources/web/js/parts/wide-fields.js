// Form fields of more than one value: a list of words or numbers between commas, and JSON for what has no form of its own.
import { useEffect, useState } from 'preact/hooks';
import { html } from '../html.js';
import { words } from '../format.js';
import { Field } from './field.js';

const NUMBERS = ['integer', 'number'];

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// What is typed stays as it is typed, until the document says something else.
function useDraft(value, write, read) {
  const [draft, setDraft] = useState(() => write(value));
  useEffect(() => {
    let meant;
    try {
      meant = read(draft);
    } catch {
      return;
    }
    if (!same(meant, value)) setDraft(write(value));
  }, [JSON.stringify(value)]);
  return [draft, setDraft];
}

const split = (numbers) => (text) => {
  const parts = text.split(',').map((part) => part.trim()).filter(Boolean);
  if (!parts.length) return undefined;
  return numbers ? parts.map((part) => (Number.isNaN(Number(part)) ? part : Number(part))) : parts;
};

export function ListField({ name, schema, value, error, onChange }) {
  const { type, enum: options } = schema.items;
  const read = split(NUMBERS.includes(type));
  const [draft, setDraft] = useDraft(value, (list) => (list || []).join(', '), read);
  const change = ({ target }) => {
    setDraft(target.value);
    onChange(read(target.value));
  };
  const example = (schema.default || []).join(', ') || (options ? options.slice(0, 3).join(', ') : '');
  return html`<${Field} label=${words(name)} hint=${[schema.description, 'Several are parted by commas.'].filter(Boolean).join(' ')} error=${error} wide>
    <input placeholder=${example} value=${draft} aria-invalid=${Boolean(error)} onInput=${change} />
  <//>`;
}

const readJson = (text) => (text.trim() ? JSON.parse(text) : undefined);

const writeJson = (value) => (value === undefined ? '' : JSON.stringify(value, null, 2));

const LETTERS = 240; // of a default that is shown

function example(value) {
  const text = value === undefined ? '' : JSON.stringify(value);
  return text.length > LETTERS ? `${text.slice(0, LETTERS)} …` : text;
}

export function JsonField({ name, schema, value, error, onChange }) {
  const [draft, setDraft] = useDraft(value, writeJson, readJson);
  const [fault, setFault] = useState(null);
  const change = ({ target }) => {
    setDraft(target.value);
    try {
      onChange(readJson(target.value));
      setFault(null);
    } catch (mistake) {
      setFault(`Not JSON: ${mistake.message}`);
    }
  };
  const wrong = fault || error;
  return html`<${Field} label=${`${words(name)} (JSON)`} hint=${schema.description} error=${wrong} wide>
    <textarea class="mono" spellcheck="false" rows=${Math.min(12, Math.max(2, draft.split('\n').length))} placeholder=${example(schema.default)}
      value=${draft} aria-invalid=${Boolean(wrong)} onInput=${change}></textarea>
  <//>`;
}
