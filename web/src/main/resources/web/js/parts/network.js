// A candidate's network as a graph: layers coloured by kind, cells framed, a chosen box's layers told below.
import { useMemo, useState } from 'preact/hooks';
import { html } from '../html.js';
import { count, value } from '../format.js';
import { arrows } from '../focus.js';
import { layered } from '../layered.js';
import { boxesOf } from './network-boxes.js';
import { Viewport } from './viewport.js';

const WIDTH = 158;
const NARROW = 98;
const HEIGHT = 42;
const PAD = 9;
const LETTERS = 28;
const LEGEND = [
  ['convolution', 'convolution'],
  ['linear', 'linear or matrix product'],
  ['pooling', 'pooling or enlarging'],
  ['join', 'sum, product or concatenation'],
  ['zero', 'zero'],
  ['end', 'input'],
  ['other', 'other'],
];

const narrow = (kind) => kind === 'join' || kind === 'end';

const widthOf = (kind) => (narrow(kind) ? NARROW : WIDTH);

// A title too long for its box ends in dots; the whole of it stands in the tooltip.
const fitting = ({ title }) => (title.length > LETTERS ? `${title.slice(0, LETTERS - 1)}…` : title);

function draw(nodes) {
  const boxes = boxesOf(nodes);
  const drawing = layered(
    boxes.map(({ id, inputs, kind }) => ({ id, inputs, width: widthOf(kind) })),
    { height: HEIGHT, gapX: 16, gapY: 38, margin: 26 },
  );
  const groups = new Map();
  boxes.forEach((box) => groups.set(box.group, [...(groups.get(box.group) || []), box]));
  const frames = [...groups].filter(([, members]) => members.length > 1).map(([name, members]) => frame(name, members, drawing.at));
  return { ...drawing, boxes, frames };
}

function frame(name, members, at) {
  const places = members.map(({ id, kind }) => ({ ...at.get(id), half: widthOf(kind) / 2 }));
  const left = Math.min(...places.map(({ x, half }) => x - half)) - PAD;
  const right = Math.max(...places.map(({ x, half }) => x + half)) + PAD;
  const top = Math.min(...places.map(({ y }) => y)) - PAD;
  const bottom = Math.max(...places.map(({ y }) => y)) + HEIGHT + PAD;
  return { name: name.replaceAll('.', ' · '), left, top, width: right - left, height: bottom - top };
}

function Box({ box, at, chosen, onChoose }) {
  const width = widthOf(box.kind);
  const key = (event) => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), onChoose(box));
  return html`<g class=${`box ${box.kind}${chosen ? ' chosen' : ''}`} transform=${`translate(${at.x - width / 2} ${at.y})`}
      tabindex="0" role="button" aria-pressed=${chosen} aria-label=${`${box.name}: ${box.title}, ${box.shape}`}
      onClick=${() => onChoose(box)} onKeyDown=${key}>
    <title>${`${box.name}\n${box.title}\n${count(box.params)} parameters, ${count(box.macs)} MACs`}</title>
    <rect width=${width} height=${HEIGHT} rx="8" />
    <text x=${width / 2} y="18">${fitting(box)}</text>
    <text x=${width / 2} y="33" class="detail">${narrow(box.kind) ? '' : `${box.name.split('.').at(-1)}  `}${box.shape}</text>
  </g>`;
}

function Chosen({ box }) {
  if (!box) return html`<p class="caption">Choose a box to see its layers; their last shape is channels × height × width.</p>`;
  return html`<div class="caption" aria-live="polite">
    <strong class="mono">${box.name}</strong> ${value(box.params)} parameters, ${value(box.macs)} MACs
    <ul class="plain">
      ${box.members.map(({ name, op, params, macs }) => html`<li><span class="mono">${name.split('.').at(-1)}</span>
          <span class="soft"> ${op.replaceAll('_', ' ')}${params ? ` · ${count(params)} parameters` : ''}${macs ? ` · ${count(macs)} MACs` : ''}</span></li>`)}
    </ul>
  </div>`;
}

export function NetworkGraph({ network }) {
  const [chosen, setChosen] = useState(null);
  const drawing = useMemo(() => draw(network.nodes), [network]);
  const { boxes, edges, frames, at } = drawing;
  const kinds = new Set(boxes.map(({ kind }) => kind));
  const box = boxes.find(({ id }) => id === chosen);
  return html`<div class="network">
    <${Viewport} width=${drawing.width} height=${drawing.height} label="Network graph" onKeyDown=${arrows('.box')}
      actions=${html`<ul class="legend">
        ${LEGEND.filter(([kind]) => kinds.has(kind)).map(([kind, name]) => html`<li class=${`swatch ${kind}`}>${name}</li>`)}
      </ul>`}>
      ${frames.map((each) => html`<g class="frame" key=${each.name}>
          <rect x=${each.left} y=${each.top} width=${each.width} height=${each.height} rx="12" />
          <text x=${each.left + 4} y=${each.top - 5}>${each.name}</text>
        </g>`)}
      <g class="edges">${edges.map(({ d, from, to }) => html`<path key=${`${from}>${to}`} d=${d} />`)}</g>
      ${boxes.map((each) => html`<${Box} key=${each.id} box=${each} at=${at.get(each.id)} chosen=${each.id === chosen}
          onChoose=${({ id }) => setChosen(id === chosen ? null : id)} />`)}
    <//>
    <${Chosen} box=${box} />
  </div>`;
}
