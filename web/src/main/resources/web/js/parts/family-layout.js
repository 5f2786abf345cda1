// The family as a drawing: ancestors in rows above the candidate, the oldest on top, its children below.
import { layered } from '../layered.js';

const PLAIN = { width: 96, height: 40, gapY: 40 };
const WORDED = { width: 214, height: 62, gapY: 34 }; // with room for a formula and the nodes that changed

export const boxOf = (worded) => (worded ? WORDED : PLAIN);

const WIDEST = 6; // ancestors side by side in the first view
const FIRST = 4; // generations in the first view

// Generations between an ancestor and the candidate, on the longest way, so that every edge leads down.
export function generations(candidate, byNumber) {
  const depth = new Map([[candidate.number, 0]]);
  const known = [...byNumber.values()].sort((a, b) => b.number - a.number);
  [candidate, ...known].forEach(({ number, parents }) => {
    const own = depth.get(number);
    if (own === undefined) return;
    parents.forEach((parent) => byNumber.has(parent) && depth.set(parent, Math.max(depth.get(parent) ?? 0, own + 1)));
  });
  return depth;
}

// As many as can be read at a glance.
export function fitting(depth, worded) {
  const widest = worded ? WIDEST / 2 : WIDEST;
  const widths = [];
  depth.forEach((row) => (widths[row] = (widths[row] || 0) + 1));
  let shown = 1;
  while (shown < FIRST && shown + 1 < widths.length && widths[shown + 1] <= widest) shown += 1;
  return shown;
}

// worded: whether a member says what it computes
export function drawFamily(candidate, byNumber, depth, shown, children, worded) {
  const { width, height, gapY } = boxOf(worded);
  const above = [...depth].filter(([number, row]) => row <= shown && number !== candidate.number).map(([number]) => byNumber.get(number));
  const deepest = Math.max(0, ...above.map(({ number }) => depth.get(number)));
  const members = new Map([...above, candidate].map((member) => [member.number, member]));
  const node = (member, row) => ({
    id: member.number,
    width,
    row,
    inputs: [...new Set(member.parents)].filter((parent) => members.has(parent)),
  });
  const items = [...above, candidate]
    .sort((a, b) => depth.get(b.number) - depth.get(a.number) || a.number - b.number)
    .map((member) => node(member, deepest - depth.get(member.number)));
  // A child's other parent is in the drawing only by chance: only its descent from the candidate is drawn.
  children.forEach((child) => items.push({ id: child.number, width, row: deepest + 1, inputs: [candidate.number] }));
  return layered(items, { height, gapX: 14, gapY, margin: 16 });
}
