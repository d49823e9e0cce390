import type { Located } from '../src/evidence/fact.ts';
import type { Fix } from '../src/evidence/fix.ts';
import type { Place, Range, RelatedPlace } from '../src/evidence/place.ts';
import type { Source } from '../src/evidence/source.ts';

/** One word as the program would take it (quotes removed, variables resolved), with where it stands. */
export interface Word extends Located {
  readonly text: string;
  readonly range: Range;
  /** True where the text holds something that nobody knows before it runs: `$1`, `$(hostname)`. */
  readonly unknown?: boolean;
}

/** One line of a file that means something: its words and, where braces follow, the statements between them. */
export interface Statement extends Located {
  readonly source: Source;
  readonly words: readonly Word[];
  readonly block?: readonly Statement[] | undefined;
  readonly range: Range;
}

/** What is wrong with a text as text, by kind; each kind is spoken for by one rule under rules/syntax. */
export type FaultKind =
  | 'unknown-keyword'
  | 'several-keywords-on-one-line'
  | 'unbalanced-braces'
  | 'unclosed-quote'
  | 'hidden-character'
  | 'foreign-comment'
  | 'malformed-value'
  | 'case-sensitive-value'
  | 'repeated-keyword'
  | 'missing-include'
  | 'undefined-variable'
  | 'refused-command'
  | IgnoreFault;

/** What is wrong with the words of whoever answers for a finding; the rules are under rules/ignore. */
export type IgnoreFault = 'incomplete-ignore' | 'unknown-rule' | 'unused-ignore' | 'stale-baseline';

/** What could not be read as it was probably meant. Reading goes on behind it. */
export interface Fault {
  readonly kind: FaultKind;
  /** Present tense, names the word, no full stop. */
  readonly message: string;
  readonly at: Place;
  /** What to write instead, where that is known. */
  readonly remedy?: string;
  /** The same for a program. */
  readonly fix?: Fix | undefined;
  readonly severity?: 'error' | 'warning' | 'info';
  readonly related?: readonly RelatedPlace[];
  /** What faults of one text share that have one cause, where their messages differ. */
  readonly family?: string;
  /** The program takes it without a word: `keepalived -t` ends well. */
  readonly silent?: true;
}

/** What every grammar gives back: all that could be read, and what could not. Never thrown, always whole. */
export interface Tree {
  readonly source: Source;
  readonly statements: readonly Statement[];
  readonly faults: readonly Fault[];
}

/** A word whose place is worked out when asked for. */
export function wordAt(source: Source, text: string, start: number, end: number, unknown = false): Word {
  const range = { start, end };
  return { text, range, ...(unknown && { unknown }), place: { source, range } };
}

/** The place of a range of a source. */
export function placeOf(source: Source, start: number, end: number): Place {
  return { source, range: { start, end } };
}
