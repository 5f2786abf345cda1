// A button that copies a text, also where the page is not in a secure context.
import { useEffect, useState } from 'preact/hooks';
import { html } from '../html.js';

const SAID = 2000;

function selectAndCopy(text) {
  const area = Object.assign(document.createElement('textarea'), { value: text, className: 'away' });
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return selectAndCopy(text);
  }
}

export function Copy({ text, children }) {
  const [said, setSaid] = useState(null);
  useEffect(() => {
    const timer = said && setTimeout(() => setSaid(null), SAID);
    return () => clearTimeout(timer);
  }, [said]);
  const press = async () => setSaid((await copy(text)) ? 'Copied' : 'Not copied');
  return html`<button class="small" onClick=${press}><span aria-live="polite">${said || children}</span></button>`;
}
