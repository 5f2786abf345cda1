// The REST API: every call either returns JSON or throws a Problem that a panel can show.
import { lost } from './connection.js';

// What stands between the browser and the service answers so when the service does not.
const GATEWAY = [502, 504];

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `HTTP status ${status}`);
    this.status = status;
    this.errors = body.errors || [];
  }
}

function silent() {
  lost();
  return new Problem(0, { detail: 'The service does not answer.' });
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw silent();
  }
  if (GATEWAY.includes(response.status)) throw silent();
  const text = await response.text();
  let body = {};
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    body = { detail: text.slice(0, 200) };
  }
  if (!response.ok) throw new Problem(response.status, body);
  return body;
}

// Asks for a file's first byte: its problem is thrown, or it is there to be downloaded.
export async function fetchFirst(path) {
  let response;
  try {
    response = await fetch(path, { headers: { Range: 'bytes=0-0' }, cache: 'no-store' });
  } catch {
    throw silent();
  }
  if (GATEWAY.includes(response.status)) throw silent();
  if (response.ok) return response.body?.cancel();
  throw new Problem(response.status, await response.json().catch(() => ({})));
}

export const get = (path) => call(path);

export const remove = (path) => call(path, { method: 'DELETE' });

// A creating POST carries a key of its own, so that a repeated click or a retry makes nothing twice.
export function post(path, body, key) {
  const headers = { 'Content-Type': 'application/json' };
  if (key) headers['Idempotency-Key'] = key;
  return call(path, { method: 'POST', headers, body: body === undefined ? undefined : JSON.stringify(body) });
}

export function query(parameters) {
  const pairs = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}
