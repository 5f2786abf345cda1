// MathML of the service as elements of the page. It is read by an inert parser, and only elements and attributes named here
// are made again, so that nothing in it can run, load or link; anything else makes it null, and the text is shown instead.
import { h } from 'preact';

const ELEMENTS = new Set(
  'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup munder mover munderover mtable mtr mtd'.split(' '),
);
const ATTRIBUTES = new Set(
  'display displaystyle scriptlevel mathvariant form fence separator stretchy symmetric largeop lspace rspace minsize maxsize width height depth linethickness'.split(' '),
);

function made(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || !ELEMENTS.has(node.localName)) throw new TypeError(node.nodeName);
  const attributes = [...node.attributes].filter(({ name }) => ATTRIBUTES.has(name)).map(({ name, value }) => [name, value]);
  return h(node.localName, Object.fromEntries(attributes), [...node.childNodes].map(made));
}

export function mathOf(text) {
  const { documentElement: root } = new DOMParser().parseFromString(text, 'application/xml');
  if (root.localName !== 'math') return null;
  try {
    return made(root);
  } catch {
    return null;
  }
}
