import type { IToken } from 'chevrotain';
import type { Place, RelatedPlace } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';
import type { Shaper } from './shape.ts';
import type { Shape } from './statement.ts';

/** Where a token really stands, when the text that was cut into tokens is not the file's own: includes, definitions. */
export interface TokenOrigin {
  readonly source: Source;
  /** Where the line's text begins in `source`. */
  readonly start: number;
  readonly end: number;
  shape(shaper: Shaper, token: IToken): Shape;
}

/** A token that says where it comes from; a plain token comes from the file itself. */
export interface PlacedToken extends IToken {
  readonly origin?: TokenOrigin;
}

export function originOf(token: PlacedToken): TokenOrigin | undefined {
  return token.origin;
}

/** A token of an included file: same offsets, another source. */
export function tokenOfInclude(token: IToken, source: Source): PlacedToken {
  const { startOffset: start, image } = token;
  return { ...token, origin: { source, start, end: start + image.length, shape: (shaper) => shaper(image) } };
}

/** One piece of a line: where it stands in the file. What a definition put in stands, as a whole, where that is used. */
export interface Segment {
  readonly outStart: number;
  readonly outEnd: number;
  readonly inStart: number;
  readonly inEnd: number;
  /** The definitions that brought it; undefined for the file's own text. */
  readonly from: readonly RelatedPlace[] | undefined;
}

/** A line while its definitions are put in: its text, and where each piece of it comes from. */
export interface Line {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** A line as it stands in the file. */
export function lineAt(text: string, start: number): Line {
  const segment = { outStart: 0, outEnd: text.length, inStart: start, inEnd: start + text.length };
  return { text, segments: [{ ...segment, from: undefined }] };
}

/** A line that a definition brings to a place. */
export function lineFrom(text: string, { range, from = [] }: Omit<Place, 'source'>): Line {
  const segment = { outStart: 0, outEnd: text.length, inStart: range.start, inEnd: range.end };
  return { text, segments: [{ ...segment, from }] };
}

/** The part of a line from one offset to another. */
export function partOf(line: Line, start: number, end = line.text.length): Line {
  return { text: line.text.slice(start, end), segments: segmentsOf(line, start, end, 0) };
}

/** The segments of a part of a line, as they are when that part begins at `outStart`. */
export function segmentsOf(line: Line, start: number, end: number, outStart: number): Segment[] {
  const segments: Segment[] = [];
  const shift = outStart - start;
  for (let at = segmentAt(line, start); at < line.segments.length; at++) {
    const segment = line.segments[at];
    if (segment === undefined || segment.outStart >= end) break;
    const from = Math.max(start, segment.outStart);
    const to = Math.min(end, segment.outEnd);
    if (from >= to) continue;
    const own = segment.from === undefined;
    segments.push({
      outStart: from + shift,
      outEnd: to + shift,
      inStart: own ? segment.inStart + (from - segment.outStart) : segment.inStart,
      inEnd: own ? segment.inEnd - (segment.outEnd - to) : segment.inEnd,
      from: segment.from,
    });
  }
  return segments;
}

/** Where a part of a line stands in the file, and what brought it there. */
export function placeIn(line: Line, start: number, end: number): Omit<Place, 'source'> {
  const range = { start: edgeIn(line, start, 'start'), end: edgeIn(line, end, 'end') };
  let from: Set<RelatedPlace> | undefined;
  for (let at = segmentAt(line, start); at < line.segments.length; at++) {
    const segment = line.segments[at];
    if (segment === undefined || segment.outStart >= end) break;
    for (const related of segment.from ?? []) from = (from ?? new Set()).add(related);
  }
  return from === undefined ? { range } : { range, from: [...from] };
}

/** A token of a line with definitions: each word stands where its text, or the use of the definition, stands. */
export function tokenOfExpansion(token: IToken, source: Source, line: Line): PlacedToken {
  const at = token.startOffset;
  const start = edgeIn(line, at, 'start');
  const end = edgeIn(line, at + token.image.length, 'end');
  return {
    ...token,
    origin: {
      source,
      start,
      end,
      shape: (shaper) => {
        const plain = shaper(token.image);
        const place = (index: number) => {
          const span = plain.span(index);
          return span && placeIn(line, at + span.start, at + span.end);
        };
        return {
          text: plainSigns(plain.text),
          words: plain.words.map(plainSigns),
          isQuoted: (index) => plain.isQuoted(index),
          span(index) {
            const range = place(index)?.range;
            return range && { start: range.start - start, end: range.end - start };
          },
          // What a password is defined as stays where it is: only the line that asks for it is shown.
          from: (index) => place(SECRET.has(plain.words[0] ?? '') ? 0 : index)?.from,
        };
      },
    },
  };
}

/** Keywords whose value nobody is shown. */
const SECRET: ReadonlySet<string> = new Set(['auth_pass', 'password', 'key']);

function edgeIn(line: Line, offset: number, edge: 'start' | 'end'): number {
  const segment = line.segments[segmentAt(line, edge === 'start' ? offset : offset - 1)];
  if (segment === undefined) return 0;
  if (segment.from !== undefined) return edge === 'start' ? segment.inStart : segment.inEnd;
  return segment.inStart + (offset - segment.outStart);
}

function segmentAt({ segments }: Line, offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offset < (segments[middle]?.outEnd ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const HIDDEN_OPEN = '\ue000';
const HIDDEN_CLOSE = '\ue001';

/** Hides the braces of a name that stays as it is, so that they do not cut the line. */
export function hideBraces(text: string): string {
  return text.replaceAll('{', HIDDEN_OPEN).replaceAll('}', HIDDEN_CLOSE);
}

/** The text again as it is written. */
function plainSigns(word: string): string {
  return word.replaceAll(HIDDEN_OPEN, '{').replaceAll(HIDDEN_CLOSE, '}');
}
