// Draws a graph without circles in rows from top to bottom (after Sugiyama): a node stands below its inputs, an edge over
// several rows is led around what stands between, and nodes are moved near what they are connected to.

const SWEEPS = 8;
const LANE = 10; // width that an edge passing a row takes
const HOLD = 0.88; // how much a row follows its neighbours; the rest pulls to the middle, or long graphs would drift aside

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

// Nodes of each row, edges of many rows cut into pieces; edges of one source share their way.
function rowsOf(items) {
  const nodes = new Map();
  const rows = [];
  const put = (node) => {
    (rows[node.row] ??= []).push(node);
    return node;
  };
  items.forEach((item) => {
    const inputs = item.inputs.map((id) => nodes.get(id));
    const row = item.row ?? (inputs.length ? Math.max(...inputs.map((input) => input.row)) + 1 : 0);
    const node = put({ id: item.id, width: item.width, row, above: [], below: [], lanes: new Map(), ways: [] });
    nodes.set(item.id, node);
    inputs.forEach((input) => {
      const way = [input];
      for (let r = input.row + 1; r < row; r += 1) {
        if (!input.lanes.has(r)) {
          const lane = put({ width: LANE, row: r, above: [way.at(-1)], below: [] });
          way.at(-1).below.push(lane);
          input.lanes.set(r, lane);
        }
        way.push(input.lanes.get(r));
      }
      way.at(-1).below.push(node);
      node.above.push(way.at(-1));
      node.ways.push([...way, node]);
    });
  });
  return { rows: [...rows].map((row) => row ?? []), nodes };
}

function order(rows) {
  const renumber = (row) => row.forEach((node, i) => (node.place = i - (row.length - 1) / 2));
  rows.forEach(renumber);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const down = sweep % 2 === 0;
    const side = down ? 'above' : 'below';
    (down ? rows : [...rows].reverse()).forEach((row) => {
      row.forEach((node) => (node.wish = node[side].length ? mean(node[side].map(({ place }) => place)) : node.place));
      row.sort((a, b) => a.wish - b.wish);
      renumber(row);
    });
  }
}

function place(rows, gap) {
  const apart = (a, b) => (a.width + b.width) / 2 + gap;
  rows.forEach((row) => {
    let x = 0;
    row.forEach((node, i) => {
      x += i ? apart(row[i - 1], node) : 0;
      node.x = x;
    });
    row.forEach((node) => (node.x -= x / 2));
  });
  for (let sweep = 0; sweep < 2 * SWEEPS; sweep += 1) {
    const side = sweep % 2 === 0 ? 'above' : 'below';
    (side === 'above' ? rows : [...rows].reverse()).forEach((row) => {
      const wishes = row.map((node) => HOLD * (node[side].length ? mean(node[side].map(({ x }) => x)) : node.x));
      row.forEach((node, i) => (node.x = i ? Math.max(wishes[i], row[i - 1].x + apart(row[i - 1], node)) : wishes[i]));
      const off = mean(row.map((node, i) => wishes[i] - node.x));
      row.forEach((node) => (node.x += off));
    });
  }
}

function path(way, top, height) {
  let d = `M${way[0].x} ${top(way[0]) + height}`;
  for (let i = 1; i < way.length; i += 1) {
    const from = way[i - 1];
    const to = way[i];
    const y1 = top(from) + height;
    const y2 = top(to);
    const bend = (y2 - y1) / 2;
    d += `C${from.x} ${y1 + bend} ${to.x} ${y2 - bend} ${to.x} ${y2}`;
    if (i < way.length - 1) d += `V${y2 + height}`;
  }
  return d;
}

/*
 * items: { id, inputs: ids of earlier items, width, row? }, inputs first
 * answers { width, height, at: Map id -> { x, y } of the top centre, edges: [{ from, to, index, d }] }
 */
export function layered(items, { height, gapX, gapY, margin }) {
  const { rows, nodes } = rowsOf(items);
  order(rows);
  place(rows, gapX);
  const all = rows.flat();
  const left = Math.min(...all.map(({ x, width }) => x - width / 2)) - margin;
  all.forEach((node) => (node.x = Math.round(node.x - left)));
  const top = ({ row }) => margin + row * (height + gapY);
  return {
    width: Math.max(...all.map(({ x, width }) => x + width / 2)) + margin,
    height: rows.length * (height + gapY) - gapY + 2 * margin,
    at: new Map([...nodes].map(([id, node]) => [id, { x: node.x, y: top(node) }])),
    edges: [...nodes.values()].flatMap((node) =>
      node.ways.map((way, index) => ({ from: way[0].id, to: node.id, index, d: path(way, top, height) })),
    ),
  };
}
