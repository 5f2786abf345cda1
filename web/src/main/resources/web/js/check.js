// Tries a document on the service while it is written: what is wrong with it, each at its line, or what is in it.
import { useEffect, useState } from 'preact/hooks';
import { post } from './api.js';
import { onReturn } from './connection.js';
import { lineOf } from './json-position.js';

const PAUSE = 350;

// { document } or { errors }
export function parse(text) {
  try {
    return { document: JSON.parse(text), errors: [] };
  } catch (error) {
    const at = /position (\d+)/.exec(error.message);
    const line = at ? text.slice(0, Number(at[1])).split('\n').length : text.split('\n').length;
    return { document: null, errors: [{ pointer: '', detail: `Not JSON: ${error.message}`, line }] };
  }
}

export function useCheck(text, path = '/v1/searches:validate') {
  const [state, setState] = useState({ errors: [], result: null, checking: true, problem: null });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => onReturn(() => setAttempt((n) => n + 1)), []);
  useEffect(() => {
    const { document, errors } = parse(text);
    if (!document) {
      setState({ errors, result: null, checking: false, problem: null });
      return undefined;
    }
    let stale = false;
    setState((before) => ({ ...before, checking: true }));
    const located = (found) => found.map((error) => ({ ...error, line: lineOf(text, error.pointer || '') })).sort((a, b) => a.line - b.line);
    const timer = setTimeout(async () => {
      try {
        const result = await post(path, document);
        if (!stale) setState({ errors: located(result.errors || []), result: result.valid ? result : null, checking: false, problem: null });
      } catch (problem) {
        const found = located(problem.errors);
        if (!stale) setState({ errors: found, result: null, checking: false, problem: found.length ? null : problem });
      }
    }, PAUSE);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [text, path, attempt]);
  return state;
}
