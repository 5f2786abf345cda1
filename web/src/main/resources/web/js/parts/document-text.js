// The document as text, with numbered lines; those with a mistake are marked.
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../html.js';

// jump: { line } to go to, a new object each time
export function DocumentText({ text, errors, jump, label = 'Search document', onChange }) {
  const area = useRef(null);
  const gutter = useRef(null);
  const lines = text.split('\n');
  const wrong = new Map();
  errors.forEach(({ line, detail }) => wrong.set(line, [...(wrong.get(line) || []), detail]));
  const follow = () => (gutter.current.scrollTop = area.current.scrollTop);
  useEffect(() => {
    if (!jump) return;
    const start = lines.slice(0, jump.line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    area.current.focus();
    area.current.setSelectionRange(start, start + (lines[jump.line - 1] || '').length);
    area.current.scrollTop = (jump.line - 4) * (area.current.scrollHeight / lines.length);
  }, [jump]);
  return html`<div class="code">
    <div class="gutter" ref=${gutter} aria-hidden="true">
      ${lines.map((_, i) => html`<div class=${wrong.has(i + 1) ? 'wrong' : ''} title=${wrong.get(i + 1)?.join('\n')}>${i + 1}</div>`)}
    </div>
    <textarea ref=${area} wrap="off" spellcheck="false" autocomplete="off" aria-label=${label} aria-invalid=${errors.length > 0}
      aria-describedby="mistakes" value=${text} onScroll=${follow} onInput=${(event) => onChange(event.target.value)}></textarea>
  </div>`;
}
