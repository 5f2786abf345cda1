// Where in a JSON text the value at a JSON Pointer starts, so that an error is shown at its line. Reads like a parser,
// remembers the offset of every value on the pointer's way, and answers with the deepest one that exists.

export function lineOf(text, pointer) {
  const path = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at = 0;
  let found = 0;
  const space = () => {
    while (/\s/.test(text[at] ?? '')) at += 1;
  };
  const string = () => {
    const start = at;
    at += 1;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at += 1;
    return JSON.parse(text.slice(start, at));
  };
  const value = (depth) => {
    space();
    if (depth >= 0) found = at;
    if (text[at] === '{' || text[at] === '[') {
      const close = text[at] === '{' ? '}' : ']';
      at += 1;
      space();
      for (let index = 0; at < text.length && text[at] !== close; index += 1) {
        space();
        const memberAt = at;
        let name = String(index);
        if (close === '}') {
          name = string();
          space();
          at += 1;
        }
        const on = depth >= 0 && depth < path.length && path[depth] === name;
        value(on ? depth + 1 : -1);
        if (on && depth + 1 === path.length && close === '}') found = memberAt;
        space();
        if (text[at] === ',') at += 1;
        space();
      }
      at += 1;
    } else if (text[at] === '"') {
      string();
    } else {
      while (at < text.length && !/[\s,\]}]/.test(text[at])) at += 1;
    }
  };
  try {
    value(0);
  } catch {
    return 1;
  }
  return text.slice(0, found).split('\n').length;
}
