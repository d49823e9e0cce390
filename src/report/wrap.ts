import { graphemesOf, widthOf } from './cells.ts';

const narrowest = 40;
const widest = 120;

/** Narrower terminals get lines of 40 columns: less leaves room for single words only. */
export function usableWidth(width: number): number {
  return Math.max(width, narrowest);
}

/** The width of prose: longer lines are hard to read, however wide the terminal. */
export function proseWidth(width: number): number {
  return Math.min(usableWidth(width), widest);
}

/**
 * Breaks prose at blanks into lines of at most `width` columns; a word that is longer than a line is broken inside.
 * `first` columns are taken on the first line already; every later line is indented by `rest`.
 */
export function wrap(text: string, width: number, first = 0, rest = first): readonly string[] {
  const lines: string[] = [];
  const margin = ' '.repeat(rest);
  let line = '';
  let free = width - first;
  let atStart = true;
  const breakLine = () => {
    lines.push(line.trimEnd());
    line = margin;
    free = width - rest;
    atStart = true;
  };
  for (const word of text.split(' ')) {
    const needed = widthOf(word) + (atStart ? 0 : 1);
    if (needed > free && !atStart) breakLine();
    if (!atStart) {
      line += ` ${word}`;
      free -= needed;
      continue;
    }
    for (const piece of pieces(word, Math.max(free, 1), Math.max(width - rest, 1))) {
      if (!atStart) breakLine();
      line += piece;
      free -= widthOf(piece);
      atStart = false;
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

/** A word as parts that fit: the first into `first` columns, the others into `rest`. */
function pieces(word: string, first: number, rest: number): readonly string[] {
  if (widthOf(word) <= first) return [word];
  const parts: string[] = [];
  let part = '';
  let free = first;
  for (const grapheme of graphemesOf(word)) {
    const width = widthOf(grapheme);
    if (width > free && part !== '') {
      parts.push(part);
      part = '';
      free = rest;
    }
    part += grapheme;
    free -= width;
  }
  return [...parts, part];
}
