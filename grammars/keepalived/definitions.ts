import { hideSigns, type Segment } from './origin.ts';

/** What `$NAME=…` lines have set so far. A value may name others: they are looked up where the value is used. */
export type Definitions = Pick<ReadonlyMap<string, string>, 'get'>;

/** A text with its definitions put in, and where each piece of it stood. */
export interface Substitution {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** `${NAME}` stands anywhere; `$NAME` only before a blank, a comma, `)` or the end (keepalived.conf(5), PARAMETERS). */
const USE = /\$\{([^{}\r\n]*)\}|\$([A-Za-z_]\w*)(?=[\s,)]|$)/g;

/** Values may nest; a loop of definitions, or one that doubles at each step, ends here. */
const MAX_DEPTH = 16;
const MAX_LENGTH = 1 << 20;

/** Where a text stands: from an offset on, or as a whole in the place of the definition that brought it. */
export type TextPlace = number | { readonly start: number; readonly end: number };

/** Puts definitions into one line. Unknown names stay as they are; a value of several lines is left for a next round. */
export function substitute(text: string, place: TextPlace, definitions: Definitions): Substitution {
  const segments: Segment[] = [];
  let out = '';
  let from = 0;
  const push = (piece: string, start: number, end: number, replaced: boolean) => {
    if (piece === '') return;
    const outStart = out.length;
    out += piece;
    const where =
      typeof place === 'number'
        ? { inStart: place + start, inEnd: place + end, replaced }
        : { inStart: place.start, inEnd: place.end, replaced: true };
    segments.push({ outStart, outEnd: out.length, ...where });
  };
  for (const use of text.matchAll(USE)) {
    push(text.slice(from, use.index), from, use.index, false);
    from = use.index + use[0].length;
    const budget = { left: MAX_LENGTH - out.length };
    const value = resolve(use[0], use[1] ?? use[2] ?? '', definitions, 0, budget);
    push(value ?? hideSigns(use[0]), use.index, from, true);
  }
  push(text.slice(from), from, text.length, false);
  return { text: out, segments };
}

function resolve(
  use: string,
  name: string,
  definitions: Definitions,
  depth: number,
  budget: { left: number },
): string | undefined {
  // `${_HASH}` and `${_BANG}` stand for the signs that would begin a comment.
  if (name === '_HASH') return hideSigns('#');
  if (name === '_BANG') return hideSigns('!');
  const value = definitions.get(name);
  if (value === undefined || value.includes('\n')) return value;
  budget.left -= value.length;
  if (depth >= MAX_DEPTH || budget.left < 0) return hideSigns(use);
  return value.replace(USE, (inner: string, braced?: string, bare?: string) => {
    return resolve(inner, braced ?? bare ?? '', definitions, depth + 1, budget) ?? hideSigns(inner);
  });
}
