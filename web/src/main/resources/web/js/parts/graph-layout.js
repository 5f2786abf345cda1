// Layers of a network as rows from top to bottom: a node stands one row below its lowest input, and within a row near the
// middle of its inputs. Chains of single-input, single-output nodes fold into one box, so that a cell fits a screen.

const OPS = { convolution: 'conv', batch_normalization: 'norm', activation: 'relu', pooling: 'pool', global_pooling: 'gap' };

function title(node) {
  if (node.op === 'convolution') return `conv ${node.kernel}×${node.kernel}${node.stride > 1 ? ` /${node.stride}` : ''}`;
  if (node.op === 'pooling') return `pool ${node.kernel}×${node.kernel}${node.stride > 1 ? ` /${node.stride}` : ''}`;
  return OPS[node.op] || node.op;
}

function fold(nodes) {
  const users = new Map(nodes.map((node) => [node.name, []]));
  nodes.forEach((node) => node.inputs.forEach((input) => users.get(input).push(node.name)));
  const boxes = [];
  const boxOf = new Map();
  nodes.forEach((node) => {
    const before = node.inputs.length === 1 ? boxOf.get(node.inputs[0]) : undefined;
    const chained = before && before.members.at(-1).name === node.inputs[0] && users.get(node.inputs[0]).length === 1;
    const box = chained && before.members.length < 4 && before.members[0].op !== 'input' && before.members[0].op !== 'add' ? before : null;
    if (box) {
      box.members.push(node);
      boxOf.set(node.name, box);
    } else {
      const fresh = { index: boxes.length, members: [node], inputs: [] };
      fresh.inputs = [...new Set(node.inputs.map((input) => boxOf.get(input)))];
      boxes.push(fresh);
      boxOf.set(node.name, fresh);
    }
  });
  return boxes;
}

export const WIDTH = 132;
export const HEIGHT = 40;
const GAP_X = 18;
const GAP_Y = 26;

export function layout(nodes) {
  const boxes = fold(nodes);
  const rows = [];
  boxes.forEach((box) => {
    box.row = box.inputs.length ? Math.max(...box.inputs.map((input) => input.row)) + 1 : 0;
    (rows[box.row] ??= []).push(box);
  });
  const widest = Math.max(...rows.map((row) => row.length));
  const width = widest * (WIDTH + GAP_X) + GAP_X;
  rows.forEach((row) => {
    const wish = (box) => (box.inputs.length ? box.inputs.reduce((sum, input) => sum + input.x, 0) / box.inputs.length : width / 2);
    row.sort((a, b) => wish(a) - wish(b));
    const span = row.length * (WIDTH + GAP_X) - GAP_X;
    row.forEach((box, i) => {
      box.x = (width - span) / 2 + i * (WIDTH + GAP_X) + WIDTH / 2;
      box.y = GAP_Y / 2 + box.row * (HEIGHT + GAP_Y);
      const last = box.members.at(-1);
      box.title = box.members.map(title).join(' · ');
      box.shape = `${last.shape.channels}×${last.shape.height}×${last.shape.width}`;
      box.params = box.members.reduce((sum, node) => sum + (node.params || 0), 0);
      box.macs = box.members.reduce((sum, node) => sum + (node.macs || 0), 0);
      box.name = last.name;
    });
  });
  return { boxes, width, height: rows.length * (HEIGHT + GAP_Y) };
}
