// Numbers and times as people read them.

const whole = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', minimumSignificantDigits: 4, maximumSignificantDigits: 4 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const MOST_DIGITS = 15;

const missing = (number) => number === undefined || number === null || Number.isNaN(number);

export const count = (value) => (missing(value) ? '–' : whole.format(value));

// Whole numbers of any length, given as text: long ones as a power of ten.
export function large(digits) {
  if (digits.length <= MOST_DIGITS) return whole.format(BigInt(digits));
  return `${digits[0]}.${digits.slice(1, 3)} × 10${superscript(digits.length - 1)}`;
}

const superscript = (number) => String(number).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]);

// Five significant digits; from ten thousand on compact (149.9K); bytes and percent carry their units.
export function value(number, unit = '') {
  if (missing(number)) return '–';
  if (unit === 'bytes') return bytes(number);
  const text = Math.abs(number) >= 10000 ? compact.format(number) : digits(number);
  return unit === '%' ? `${text} %` : text;
}

// As value, without zeros at the end: for the axes of plots.
export function tick(number, unit = '') {
  if (unit === 'bytes') return bytes(number);
  return Math.abs(number) >= 10000 ? short.format(number) : minus(String(Number(number.toPrecision(5))));
}

const minus = (text) => text.replace('-', '−');

function digits(number) {
  if (Number.isInteger(number)) return minus(String(number));
  return minus(Math.abs(number) < 1e-4 ? number.toExponential(3) : number.toPrecision(5));
}

// A difference carries its sign.
export function difference(number, unit) {
  if (missing(number)) return '';
  const text = tick(Math.abs(Number(number.toPrecision(4))), unit);
  return `${number < 0 ? '−' : number > 0 ? '+' : '±'}${text}`;
}

export function bytes(number) {
  let i = 0;
  while (Math.abs(number) >= 1024 && i < UNITS.length - 1) {
    number /= 1024;
    i += 1;
  }
  return `${Number(number.toPrecision(4))} ${UNITS[i]}`;
}

export const rate = (number) => (number > 0 ? `${number >= 100 ? count(Math.round(number)) : tick(Number(number.toPrecision(3)))} /s` : '–');

export function duration(seconds) {
  if (missing(seconds)) return '–';
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

export function age(iso, now = Date.now()) {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}

// A metric's unit where its name does not say it already (params in parameters, macs in MACs).
export function unitBeside({ name, unit = '' }) {
  return unit.toLowerCase().startsWith(name.slice(0, 4).toLowerCase()) ? '' : unit;
}

// The words of an identifier: regularized-evolution, non_finite.
export const words = (name) => name.replaceAll(/[_-]/g, ' ');
