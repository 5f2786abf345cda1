// What drawings on a canvas need to know of the style sheet: its colours and type, and when they change.
import { useEffect, useState } from 'preact/hooks';

export const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export const font = (size) => `${size}px ${color('--sans')}`;

// Counts the changes between light and dark, to draw again when it does.
export function useScheme() {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => setChanges((n) => n + 1);
    scheme.addEventListener('change', changed);
    return () => scheme.removeEventListener('change', changed);
  }, []);
  return changes;
}
