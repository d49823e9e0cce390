import type { RelatedPlace } from '../../src/evidence/place.ts';
import { hideBraces, type Line, placeIn, type Segment, segmentsOf } from './origin.ts';

/** One line of what `$NAME=…` stands for, with where it stands; keepalived's own definitions stand nowhere. */
export interface DefinedLine {
  readonly text: string;
  readonly from: readonly RelatedPlace[];
}

/** The lines of a definition: one, or several where all but the last end in a backslash. */
export type Definition = readonly DefinedLine[];

/** What `$NAME=…` lines have set so far. A value may name others: they are looked up where the value is used. */
export type Definitions = ReadonlyMap<string, Definition>;

/** A line with the definitions put in that it names, and the lines that are to follow it. */
export interface Substitution {
  readonly line: Line;
  readonly following: Definition;
}

/** `${NAME}` stands anywhere; `$NAME` only before a blank, a comma, `)` or the end (keepalived.conf(5), PARAMETERS). */
const USE = /\$\{([^{}\r\n]*)\}|\$([A-Za-z_]\w*)(?=[\s,)]|$)/g;

/** Values may nest; a loop of definitions, or one that doubles at each step, ends here. */
const MAX_DEPTH = 16;
const MAX_LENGTH = 1 << 20;

/**
 * Puts in what a line names, and what that names in turn. A value that begins a sequence ends it: what stands behind
 * waits for the rounds. Undefined where nothing is defined of what the line names.
 */
export function substitute(line: Line, definitions: Definitions): Substitution | undefined {
  let result: Substitution | undefined;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const next = substituteOnce(result?.line ?? line, definitions);
    if (next === undefined) break;
    result = { ...next, following: [...next.following, ...(result?.following ?? [])] };
    if (next.isSequence) break;
  }
  return result;
}

function substituteOnce(
  line: Line,
  definitions: Definitions,
): (Substitution & { readonly isSequence: boolean }) | undefined {
  const { text } = line;
  let isSequence = false;
  const segments: Segment[] = [];
  let following: Definition = [];
  let out = '';
  let from = 0;
  const copy = (end: number) => {
    segments.push(...segmentsOf(line, from, end, out.length));
    out += text.slice(from, end);
  };
  for (const use of text.matchAll(USE)) {
    const definition = definitions.get(use[1] ?? use[2] ?? '');
    const end = use.index + use[0].length;
    // keepalived takes a definition of several lines only at the end of a line (lib/parser.c, find_definition).
    if (definition === undefined || (definition.length > 1 && end < text.length)) continue;
    copy(use.index);
    from = end;
    const [first = EMPTY, ...others] = definition;
    const place = placeIn(line, use.index, end);
    const outStart = out.length;
    out += first.text;
    const around = place.from ?? [];
    const { start: inStart, end: inEnd } = place.range;
    if (first.text !== '')
      segments.push({ outStart, outEnd: out.length, inStart, inEnd, from: [...around, ...first.from] });
    following = others.map((each) => ({ text: each.text, from: [...around, ...each.from] }));
    if (out.length > MAX_LENGTH) return undefined;
    isSequence = /^\s*~/.test(first.text);
    if (isSequence) break;
  }
  if (from === 0) return undefined;
  copy(text.length);
  return { line: { text: out, segments }, following, isSequence };
}

/** The line again, the braces of names that stay as they are hidden: they do not cut it. */
export function withUnknownNames({ text, segments }: Line): Line {
  return { text: text.replace(USE, hideBraces), segments };
}

const EMPTY: DefinedLine = { text: '', from: [] };
