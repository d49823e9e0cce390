import type { IToken } from 'chevrotain';
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

/** One piece of a text in which definitions were replaced: where it came from, and whether it was put in. */
export interface Segment {
  readonly outStart: number;
  readonly outEnd: number;
  readonly inStart: number;
  readonly inEnd: number;
  readonly replaced: boolean;
}

/** A token of a line with definitions: each word stands where its text, or the use of the definition, stands. */
export function tokenOfExpansion(token: IToken, source: Source, segments: readonly Segment[]): PlacedToken {
  const start = placeIn(segments, token.startOffset, 'start');
  return {
    ...token,
    origin: {
      source,
      start,
      end: placeIn(segments, token.startOffset + token.image.length, 'end'),
      shape: (shaper) => {
        const plain = shaper(token.image);
        const at = (offset: number, edge: 'start' | 'end') =>
          placeIn(segments, token.startOffset + offset, edge) - start;
        return {
          text: plain.text,
          words: plain.words.map(plainSigns),
          isQuoted: (index) => plain.isQuoted(index),
          span(index) {
            const span = plain.span(index);
            return span && { start: at(span.start, 'start'), end: at(span.end, 'end') };
          },
        };
      },
    },
  };
}

function placeIn(segments: readonly Segment[], offset: number, edge: 'start' | 'end'): number {
  const inside = edge === 'start' ? offset : offset - 1;
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inside < (segments[middle]?.outEnd ?? 0)) high = middle;
    else low = middle + 1;
  }
  const segment = segments[low];
  if (segment === undefined) return 0;
  if (segment.replaced) return edge === 'start' ? segment.inStart : segment.inEnd;
  return segment.inStart + (offset - segment.outStart);
}

const HIDDEN_OPEN = '\ue000';
const HIDDEN_CLOSE = '\ue001';
const HIDDEN_HASH = '\ue002';
const HIDDEN_BANG = '\ue003';

/** Hides the braces of a name that stays as it is, so that they do not cut the line. */
export function hideSigns(text: string): string {
  return text
    .replaceAll('{', HIDDEN_OPEN)
    .replaceAll('}', HIDDEN_CLOSE)
    .replaceAll('#', HIDDEN_HASH)
    .replaceAll('!', HIDDEN_BANG);
}

/** The text again as it is written. */
export function plainSigns(word: string): string {
  return word
    .replaceAll(HIDDEN_OPEN, '{')
    .replaceAll(HIDDEN_CLOSE, '}')
    .replaceAll(HIDDEN_HASH, '#')
    .replaceAll(HIDDEN_BANG, '!');
}
