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

/** Made when the first text asks for it: most reports are plain ASCII, and both take a millisecond or more. */
let segmenter: Intl.Segmenter | undefined;
let common: RegExp | undefined;

/** How many columns a text takes: 2 for CJK and emoji, none for combining marks. The text is safe already. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  if (text.length === 1) return graphemeWidth(text);
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

/**
 * The characters as people count them. Node's segmenter takes microseconds a character and is quadratic in its input,
 * so it sees only what needs it, piece by piece: what two letters or signs of the common kind do not settle alone.
 */
export function* graphemesOf(text: string): Iterable<string> {
  common ??= runsOfCommon();
  for (let at = 0; at < text.length; ) {
    common.lastIndex = at;
    const settled = common.exec(text);
    const end = settled?.index ?? text.length;
    if (end > at) yield* segmented(text.slice(at, end));
    yield* settled?.[0] ?? '';
    at = end + (settled?.[0].length ?? 0);
  }
}

/** Runs of ASCII, of our own signs, of Latin, Greek, Cyrillic, kana and ideographs that nothing combines with. */
function runsOfCommon(): RegExp {
  const letters = String.raw`\u00C0-\u024F\u0370-\u0482\u048A-\u052F\u3041-\u3096\u30A1-\u30FA\u4E00-\u9FFF`;
  const one = String.raw`[\t\x20-\x7E•…${letters}]`;
  return new RegExp(`(?:${one}(?=${one}|$))+`, 'g');
}

function* segmented(text: string): Iterable<string> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (let at = 0; at < text.length; ) {
    const piece = text.slice(at, at + pieceLength);
    const graphemes = Array.from(segmenter.segment(piece), ({ segment }) => segment);
    const unfinished = at + piece.length < text.length && graphemes.length > 1 ? graphemes.pop() : undefined;
    yield* graphemes;
    at += piece.length - (unfinished?.length ?? 0);
  }
}

/** With the presentation selector, a keycap, a flag: two columns whatever the first character takes alone. */
function graphemeWidth(grapheme: string): number {
  if (/^[\p{Mn}\p{Me}]/u.test(grapheme)) return 0;
  if (/^\p{Extended_Pictographic}\uFE0F|^[0-9#*]\uFE0F\u20E3|^\p{Regional_Indicator}{2}/u.test(grapheme))
    return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}
