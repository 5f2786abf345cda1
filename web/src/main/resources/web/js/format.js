// Numbers and times as people read them.

const whole = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });

export function count(value) {
  return value === undefined || value === null ? '–' : whole.format(value);
}

// Four significant digits, large numbers compact (1.07M), units beside.
export function value(number, unit = '') {
  if (number === undefined || number === null) return '–';
  if (unit === 'bytes') return bytes(number);
  const text = Math.abs(number) >= 10000 ? compact.format(number) : String(Number(number.toPrecision(5)));
  return unit === '%' ? `${text} %` : text;
}

export function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let i = 0;
  while (number >= 1024 && i < units.length - 1) {
    number /= 1024;
    i += 1;
  }
  return `${Number(number.toPrecision(4))} ${units[i]}`;
}

export function duration(seconds) {
  if (seconds === undefined || seconds === null) return '–';
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
