// A network's layers as boxes to draw: a layer and what goes with it, one after the other and with names that share
// everything but the last part, are one box (stem.convolution and stem.norm); boxes that share the part before are one group
// (a cell).

const NAMES = {
  batch_normalization: 'BN',
  group_normalization: 'GN',
  layer_normalization: 'LN',
  instance_normalization: 'IN',
  global_pooling: 'global pool',
  matrix_product: 'matrix product',
  pixel_shuffle: 'pixel shuffle',
  relu: 'ReLU',
  relu6: 'ReLU6',
  leaky_relu: 'leaky ReLU',
  hard_swish: 'hard swish',
  hard_sigmoid: 'hard sigmoid',
  gelu: 'GELU',
  average: 'avg',
  maximum: 'max',
};

// What a layer is drawn as, for the colours and the legend. What only follows another layer has none of its own.
const KINDS = {
  convolution: 'convolution',
  transposed_convolution: 'convolution',
  linear: 'linear',
  matrix_product: 'linear',
  pooling: 'pooling',
  global_pooling: 'pooling',
  upsample: 'pooling',
  pixel_shuffle: 'pooling',
  add: 'join',
  multiply: 'join',
  concat: 'join',
  zero: 'zero',
  input: 'end',
};

// A box is built around at most one of these.
const MAIN = Object.keys(KINDS).filter((op) => op !== 'zero' && op !== 'input');

const nameOf = (word) => NAMES[word] || word.replaceAll('_', ' ');

// Extents are a number, or [height, width].
const pair = (extent) => (Array.isArray(extent) ? extent : [extent, extent]);

const by = (extent) => pair(extent).join('×');

const unless = (usual, extent, write) => {
  const [height, width] = pair(extent ?? usual);
  if (height === usual && width === usual) return '';
  return write(height === width ? `${height}` : `${height}×${width}`);
};

const strided = (node) => unless(1, node.stride, (stride) => ` /${stride}`);

// The shape holds the output's channels, one of which each group of a depthwise convolution makes.
function grouping({ groups, shape }) {
  if (groups === 1) return '';
  return groups === shape.channels ? 'dw ' : `${groups} × `;
}

function convolution(node, name) {
  const holes = unless(1, node.dilation, (dilation) => ` dil ${dilation}`);
  return `${grouping(node)}${name} ${by(node.kernel)}${strided(node)}${holes}`;
}

// How many nodes of a program have a part in its output; values are numbered x, zeros, vectors, nodes.
function liveNodes({ vectors, nodes, output }) {
  const first = 2 + vectors.length;
  const live = new Set([output]);
  nodes.map(({ inputs }, i) => [first + i, inputs]).reverse().forEach(([value, inputs]) => live.has(value) && inputs.forEach((input) => live.add(input)));
  return [...live].filter((value) => value >= first).length;
}

function padding({ top, bottom, left, right }) {
  return `pad ${[top, right, bottom, left].join(' ')}`;
}

const head = (name) => name.split('.').slice(0, -1).join('.');

function label(node) {
  switch (node.op) {
    case 'convolution':
      return convolution(node, 'conv');
    case 'transposed_convolution':
      return convolution(node, 'transposed conv');
    case 'pooling':
      return `${nameOf(node.kind)} pool ${by(node.kernel)}${strided(node)}`;
    case 'activation':
      return nameOf(node.function);
    case 'group_normalization':
      return `GN ${node.groups}`;
    case 'softmax':
      return node.groups > 1 ? `${node.groups} × softmax` : 'softmax';
    case 'matrix_product':
      return `${node.heads > 1 ? `${node.heads} × ` : ''}${node.transposed ? 'A·Bᵀ' : 'A·B'}`;
    case 'upsample':
      return `${node.kind} ×${node.factor}`;
    case 'pixel_shuffle':
      return `pixel shuffle ×${node.factor}`;
    case 'program':
      return `program of ${liveNodes(node.program)}`;
    case 'dropout':
      return `dropout ${node.probability}`;
    case 'pad':
      return padding(node);
    default:
      return nameOf(node.op);
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
