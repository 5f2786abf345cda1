// State lives in the URL: #/searches/ID?candidate=3&x=params. Pages read `route()` and change it with `go` or `set`.
import { useEffect, useState } from 'preact/hooks';

function read() {
  const [path, search] = location.hash.replace(/^#/, '').split('?');
  return {
    path: path.split('/').filter(Boolean).map(decodeURIComponent),
    query: Object.fromEntries(new URLSearchParams(search || '')),
  };
}

function write(path, query) {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const search = pairs.length ? `?${new URLSearchParams(pairs)}` : '';
  return `#/${path.map(encodeURIComponent).join('/')}${search}`;
}

export const href = (path, query = {}) => write(path, query);

export function go(path, query = {}) {
  location.hash = write(path, query);
}

// Changes some of the query and keeps the rest, on the same page; back undoes it only if it is a step of its own.
export function set(changes, step = false) {
  const { path, query } = read();
  const target = write(path, { ...query, ...changes });
  if (step) history.pushState(null, '', target);
  else history.replaceState(null, '', target);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

export function useRoute() {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const changed = () => setRoute(read());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}
