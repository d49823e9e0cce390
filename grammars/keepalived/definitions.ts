import { hideSigns, type Segment } from './origin.ts';

/** What `$NAME=…` lines have set so far. A value may name others: they are looked up where the value is used. */
export type Definitions = ReadonlyMap<string, string>;

/** A text with its definitions put in, and where each piece of it stood. */
export interface Substitution {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** `${NAME}` stands anywhere; `$NAME` only before a blank, a comma, `)` or the end (keepalived.conf(5), PARAMETERS). */
const USE = /\$\{([^}\r\n]*)\}|\$([A-Za-z_]\w*)(?=[\s,)]|$)/g;

/** Values may nest; a loop of definitions, or one that doubles at each step, ends here. */
const MAX_DEPTH = 16;
const MAX_LENGTH = 1 << 20;

/** Puts definitions into a text that begins at offset `base` of its source. Unknown names stay as they are. */
export function substitute(text: string, base: number, definitions: Definitions): Substitution {
  const segments: Segment[] = [];
  let out = '';
  let from = 0;
  const push = (piece: string, start: number, end: number, replaced: boolean) => {
    if (piece === '') return;
    const outStart = out.length;
    out += piece;
    segments.push({ outStart, outEnd: out.length, inStart: base + start, inEnd: base + end, replaced });
  };
  for (const use of text.matchAll(USE)) {
    push(text.slice(from, use.index), from, use.index, false);
    from = use.index + use[0].length;
    const budget = { left: MAX_LENGTH - out.length };
    push(resolve(use, definitions, 0, budget) ?? hideSigns(use[0]), use.index, from, true);
  }
  push(text.slice(from), from, text.length, false);
  return { text: out, segments };
}

function resolve(
  use: RegExpMatchArray,
  definitions: Definitions,
  depth: number,
  budget: { left: number },
): string | undefined {
  const name = use[1] ?? use[2] ?? '';
  // `${_HASH}` and `${_BANG}` stand for the signs that would begin a comment.
  if (name === '_HASH') return hideSigns('#');
  if (name === '_BANG') return hideSigns('!');
  const value = definitions.get(name);
  if (value === undefined) return undefined;
  budget.left -= value.length;
  if (depth >= MAX_DEPTH || budget.left < 0) return hideSigns(use[0]);
  return value.replace(USE, (...match) => {
    const inner = [match[0], match[1], match[2]] as unknown as RegExpMatchArray;
    return resolve(inner, definitions, depth + 1, budget) ?? hideSigns(match[0]);
  });
}
