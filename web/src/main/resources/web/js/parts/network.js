// A candidate's network as a graph; one stage can be looked at alone.
import { useMemo, useState } from 'preact/hooks';
import { html } from '../html.js';
import { count } from '../format.js';
import { HEIGHT, WIDTH, layout } from './graph-layout.js';

function Box({ box, chosen, onChoose }) {
  const kind = box.members.find((node) => node.op !== 'activation')?.op || box.members[0].op;
  const key = (event) => (event.key === 'Enter' || event.key === ' ') && (event.preventDefault(), onChoose(box));
  return html`<g class=${`box ${kind}${chosen ? ' chosen' : ''}`} transform=${`translate(${box.x - WIDTH / 2} ${box.y})`}
      tabindex="0" role="button" aria-label=${`${box.name}: ${box.title}, ${box.shape}`} onClick=${() => onChoose(box)} onKeyDown=${key}>
    <rect width=${WIDTH} height=${HEIGHT} rx="8" />
    <text x=${WIDTH / 2} y="17">${box.title.length > 22 ? `${box.title.slice(0, 21)}…` : box.title}</text>
    <text x=${WIDTH / 2} y="32" class="shape">${box.shape}</text>
  </g>`;
}

function Edge({ from, to }) {
  const x1 = from.x;
  const y1 = from.y + HEIGHT;
  const bend = Math.max(14, (to.y - y1) / 2);
  return html`<path d=${`M${x1} ${y1}C${x1} ${y1 + bend} ${to.x} ${to.y - bend} ${to.x} ${to.y}`} />`;
}

function Chosen({ box }) {
  return html`<dl class="facts">
    ${box.members.map((node) => html`<dt class="mono">${node.name}</dt>
        <dd>${node.op.replaceAll('_', ' ')}, ${count(node.params)} parameters, ${count(node.macs)} MACs</dd>`)}
  </dl>`;
}

export function NetworkGraph({ network }) {
  const [chosen, setChosen] = useState(null);
  const graph = useMemo(() => layout(network.nodes), [network]);
  return html`<div>
    <div class="graph" tabindex="0" aria-label="Network graph, scrollable">
      <svg width=${graph.width} height=${graph.height} viewBox=${`0 0 ${graph.width} ${graph.height}`}>
        <g class="edges">
          ${graph.boxes.flatMap((box) => box.inputs.map((input) => html`<${Edge} from=${input} to=${box} />`))}
        </g>
        ${graph.boxes.map((box) => html`<${Box} key=${box.index} box=${box} chosen=${chosen?.index === box.index} onChoose=${setChosen} />`)}
      </svg>
    </div>
    ${chosen ? html`<${Chosen} box=${chosen} />` : html`<p class="soft">Choose a box to see its layers.</p>`}
  </div>`;
}
