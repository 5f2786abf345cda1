// A window on a drawing that may be larger: scrolled by wheel, finger or arrow keys, scaled by buttons or + - 0.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';

const LEAST = 0.2;
const MOST = 2;
const READABLE = 0.72; // a drawing that would become smaller than this is scrolled instead
const STEP = 1.25;

function useSize(host) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const measure = () => setSize({ width: host.current.clientWidth, height: host.current.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(host.current);
    measure();
    return () => observer.disconnect();
  }, []);
  return size;
}

// at: { x, y } of the drawing that is to be seen; label: what the drawing is
export function Viewport({ width, height, at, label, actions, children, onKeyDown }) {
  const host = useRef(null);
  const size = useSize(host);
  const [zoom, setZoom] = useState(null);
  const whole = Math.min(size.width / width, size.height / height, 1);
  const natural = Math.max(Math.min(size.width / width, 1), READABLE);
  const scale = zoom ?? natural;
  const by = (factor) => setZoom(Math.min(MOST, Math.max(LEAST, scale * factor)));
  const key = (event) => {
    if (event.target === host.current) {
      if (event.key === '+' || event.key === '=') by(STEP);
      if (event.key === '-') by(1 / STEP);
      if (event.key === '0') setZoom(null);
    }
    onKeyDown?.(event);
  };
  useEffect(() => {
    if (!size.width) return;
    host.current.scrollTo((at?.x ?? width / 2) * scale - size.width / 2, at ? at.y * scale - size.height / 2 : 0);
  }, [at?.x, at?.y, width, height, size.width > 0]);
  return html`<div class="viewport">
    <div class="window" ref=${host} tabindex="0" role="group" aria-label=${`${label}; plus and minus scale it`} onKeyDown=${key}>
      <svg width=${width * scale} height=${height * scale} viewBox=${`0 0 ${width} ${height}`} style=${{ visibility: size.width ? 'visible' : 'hidden' }}>
        ${children}
      </svg>
    </div>
    <div class="tools">
      ${actions}
      <button class="small" onClick=${() => by(1 / STEP)} aria-label="Smaller" title="Smaller">−</button>
      <button class="small" onClick=${() => by(STEP)} aria-label="Larger" title="Larger">+</button>
      <button class="small" onClick=${() => setZoom(zoom === whole ? null : whole)} title="All of it, or a readable size">Fit</button>
    </div>
  </div>`;
}
