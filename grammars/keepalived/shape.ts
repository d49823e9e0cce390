import type { Shape } from './statement.ts';

/** Makes shapes and shares them between lines of equal text; one for each file read. */
export type Shaper = (text: string) => Shape;

/** A shaper with an empty memory. */
export function newShaper(): Shaper {
  const known = new Map<string, Shape>();
  return (text) => {
    let shape = known.get(text);
    if (shape === undefined) {
      shape = shapeOf(text);
      known.set(text, shape);
    }
    return shape;
  };
}

/** Splits a line at blanks and tabs; double quotes join what stands between them and are taken off. */
function shapeOf(text: string): Shape {
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const quoted: boolean[] = [];
  let at = 0;
  while (at < text.length) {
    if (isBlank(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    let quotes = 0;
    while (at < text.length && (quotes % 2 === 1 || !isBlank(text.charCodeAt(at)))) {
      if (text.charCodeAt(at) === 34) quotes++;
      at++;
    }
    const word = text.slice(start, at);
    words.push(quotes === 0 ? word : word.replaceAll('"', ''));
    starts.push(start);
    ends.push(at);
    quoted.push(quotes > 0);
  }
  return { text, words, starts, ends, quoted, resolved: false };
}

/** Blanks, and the no-break space that was meant as one (it is reported as a fault of its own). */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}
