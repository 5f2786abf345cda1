// A network's layers as boxes to draw: a layer and what goes with it, one after the other and with names that share
// everything but the last part, are one box (stem.convolution and stem.norm); boxes that share the part before are one group
// (a cell).

const NAMES = {
  batch_normalization: 'BN',
  global_pooling: 'global pool',
  zero: 'zero',
};

// What a layer is drawn as, for the colours and the legend.
const KINDS = {
  convolution: 'convolution',
  linear: 'linear',
  pooling: 'pooling',
  global_pooling: 'pooling',
  add: 'join',
  concat: 'join',
  zero: 'zero',
  input: 'end',
};

// A box is built around at most one of these.
const MAIN = ['convolution', 'linear', 'pooling', 'global_pooling', 'add', 'concat'];

const head = (name) => name.split('.').slice(0, -1).join('.');

function label(node) {
  const stride = node.stride > 1 ? ` /${node.stride}` : '';
  switch (node.op) {
    case 'convolution':
      return `conv ${node.kernel}×${node.kernel}${stride}`;
    case 'pooling':
      return `${node.kind === 'average' ? 'avg' : (node.kind ?? '')} pool ${node.kernel}×${node.kernel}${stride}`.trim();
    case 'activation':
      return node.function === 'relu' ? 'ReLU' : (node.function ?? 'activation');
    default:
      return NAMES[node.op] || node.op.replaceAll('_', ' ');
  }
}

function describe(box) {
  const last = box.members.at(-1);
  const kinds = box.members.map(({ op }) => KINDS[op]);
  const { channels, height, width } = last.shape;
  const part = head(last.name);
  const path = part.split('.');
  return {
    ...box,
    id: last.name,
    name: part || last.name,
    kind: ['convolution', 'linear', 'pooling', 'zero', 'join', 'end'].find((kind) => kinds.includes(kind)) || 'other',
    group: path.slice(0, Math.max(1, path.length - 1)).join('.'),
    title: box.members.map(label).join(' · '),
    shape: height === 1 && width === 1 ? `${channels}` : `${channels}×${height}×${width}`,
    params: box.members.reduce((sum, { params }) => sum + params, 0),
    macs: box.members.reduce((sum, { macs }) => sum + macs, 0),
  };
}

export function boxesOf(nodes) {
  const users = new Map(nodes.map(({ name }) => [name, 0]));
  nodes.forEach(({ inputs }) => inputs.forEach((input) => users.set(input, users.get(input) + 1)));
  const boxOf = new Map();
  const boxes = [];
  nodes.forEach((node) => {
    const before = node.inputs.length === 1 ? boxOf.get(node.inputs[0]) : undefined;
    const follows = before?.members.at(-1).name === node.inputs[0] && users.get(node.inputs[0]) === 1;
    const kin = head(node.name) && head(node.name) === head(node.inputs[0] || '');
    const room = !MAIN.includes(node.op) || !before?.members.some(({ op }) => MAIN.includes(op));
    if (follows && kin && room) {
      before.members.push(node);
      boxOf.set(node.name, before);
    } else {
      const box = { members: [node], from: [...new Set(node.inputs.map((input) => boxOf.get(input)))] };
      boxes.push(box);
      boxOf.set(node.name, box);
    }
  });
  return boxes.map((box) => ({ ...describe(box), inputs: box.from.map((input) => input.members.at(-1).name) }));
}
