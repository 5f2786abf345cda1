// Moving the focus with the arrow keys to the nearest thing in that direction: rows of a table, boxes of a drawing.

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ASIDE = 3; // what lies straight ahead is preferred to what lies aside

const middle = (element) => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
};

// onKeyDown of a container whose members match the selector
export const arrows = (selector) => (event) => {
  const way = WAYS[event.key];
  const from = event.target.closest?.(selector);
  if (!way || !from || event.altKey || event.ctrlKey || event.metaKey) return;
  const [x, y] = middle(from);
  let nearest = null;
  let least = Infinity;
  event.currentTarget.querySelectorAll(selector).forEach((element) => {
    if (element === from) return;
    const [ex, ey] = middle(element);
    const ahead = (ex - x) * way[0] + (ey - y) * way[1];
    const aside = Math.abs((ex - x) * way[1]) + Math.abs((ey - y) * way[0]);
    const distance = ahead + ASIDE * aside;
    if (ahead > 1 && ahead >= aside / ASIDE && distance < least) {
      least = distance;
      nearest = element;
    }
  });
  event.preventDefault();
  nearest?.focus();
  nearest?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
};
