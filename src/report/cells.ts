import { eastAsianWidth } from 'get-east-asian-width';
import { sanitize } from './sanitize.ts';

/** What one character of a text takes on a terminal, and which UTF-16 units of the text it stands for. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  readonly start: number;
  readonly end: number;
}

const tabWidth = 4;
const pieceLength = 200;
const ascii = /^[\x20-\x7E]*$/;
const markOnly = /^[\p{Mn}\p{Me}]/u;
/** With the presentation selector, a keycap, a flag: two columns whatever the first character takes alone. */
const emoji = /^\p{Extended_Pictographic}\uFE0F|^[0-9#*]\uFE0F\u20E3|^\p{Regional_Indicator}{2}/u;

let segmenter: Intl.Segmenter | undefined;

/** How many columns a text takes: 2 for CJK and emoji, none for combining marks. The text is safe already. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemesOf(text)) width += graphemeWidth(grapheme);
  return width;
}

/** A line of foreign text as cells: tabs reach to the next stop, unsafe characters are made visible. */
export function cellsOf(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let start = 0;
  for (const grapheme of ascii.test(line) ? line : graphemesOf(line)) {
    const text = grapheme === '\t' ? ' '.repeat(tabWidth - (column % tabWidth)) : sanitize(grapheme);
    const width = widthOf(text);
    cells.push({ text, width, start, end: start + grapheme.length });
    column += width;
    start += grapheme.length;
  }
  return cells;
}

/** The characters as people count them; piece by piece, because Node 20's segmenter is quadratic in its input. */
export function* graphemesOf(text: string): Iterable<string> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (let at = 0; at < text.length; ) {
    const piece = text.slice(at, at + pieceLength);
    const graphemes = Array.from(segmenter.segment(piece), ({ segment }) => segment);
    const unfinished = at + piece.length < text.length && graphemes.length > 1 ? graphemes.pop() : undefined;
    yield* graphemes;
    at += piece.length - (unfinished?.length ?? 0);
  }
}

function graphemeWidth(grapheme: string): number {
  if (markOnly.test(grapheme)) return 0;
  if (emoji.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}
