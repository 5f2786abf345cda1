// Candidates whose design is a layer: a graph with a few decisions for every node (node7.operation, node7.first, node7.second).

const NODE = /^(node\d+)\.(operation|first|second)$/;

export const isLayer = ({ decisions }) => decisions.some(({ name }) => NODE.test(name));

// Whether a search's candidates are layers.
export const ofLayers = ({ document }) => document.space.name === 'evonorm';

const of = (decisions) => new Map(decisions.map(({ name, option }) => [name, option]));

// A node's operation and inputs, each with the decision it stands for: [{ decision, text }]
function node(unit, options) {
  const inputs = ['first', 'second'].map((input) => `${unit}.${input}`).filter((name) => options.has(name));
  return [`${unit}.operation`, ...inputs].map((decision) => ({ decision, text: options.get(decision) }));
}

// Names of the nodes with a part in the result, which is the last node's.
export function liveNodes(decisions) {
  const options = of(decisions);
  const units = [...new Set([...options.keys()].flatMap((name) => NODE.exec(name)?.[1] ?? []))];
  const live = new Set(units.slice(-1));
  units.reverse().forEach((unit) => {
    if (live.has(unit)) node(unit, options).slice(1).forEach(({ text }) => live.add(text));
  });
  return live;
}

/*
 * What a step changed, a node at a time: [{ unit, from, to, idle }], both as node() has them, `changed` where they differ; idle
 * where the node has no part in the result, neither before nor after. Without the parent, what a node had beside the changes is
 * what it has now.
 */
export function changedNodes(candidate, parent) {
  const now = of(candidate.decisions);
  const before = parent ? of(parent.decisions) : new Map([...now, ...candidate.changes.map(({ decision, from }) => [decision, from])]);
  const units = [...new Set(candidate.changes.flatMap(({ decision }) => NODE.exec(decision)?.[1] ?? []))];
  const live = new Set([...liveNodes(candidate.decisions), ...(parent ? liveNodes(parent.decisions) : [])]);
  return units.map((unit) => {
    const mark = (own, other) => node(unit, own).map((part) => ({ ...part, changed: other.get(part.decision) !== part.text }));
    return { unit, from: mark(before, now), to: mark(now, before), idle: !live.has(unit) };
  });
}

// What a step changed beside nodes.
export const otherChanges = ({ changes }) => changes.filter(({ decision }) => !NODE.test(decision));
