import { type Flaw, malformed } from './flaw.ts';
import type { Keyword } from './keywords.ts';
import { numberFlaw } from './value-flaws.ts';

/** A line whose arguments have a form of their own: keyword, words, and what a bad value leads to. */
export interface Form {
  readonly keyword: Keyword;
  readonly words: readonly string[];
  readonly effect: string;
}

const WHOLE = { kind: 'int', raised: false, lowered: false } as const;

/** The flaw of a whole number, as a list. */
export function whole(
  min: number,
  max: number,
  text: string,
  at: number,
  name: string,
  effect: string,
): Flaw[] {
  return listed(numberFlaw({ ...WHOLE, min, max }, text, at, name, effect));
}

export function listed(flaw: Flaw | undefined): Flaw[] {
  return flaw === undefined ? [] : [flaw];
}

/** A keyword without its value: most of them stop keepalived at once (lib/vector.c, strvec_slot). */
export function missingValue(keyword: Keyword, effect: string, word = 1): Flaw {
  return malformed(
    word,
    keyword.missingIsReported
      ? `${keyword.name} has no value, so ${effect}`
      : `${keyword.name} has no value: keepalived stops reading here and does not start`,
    undefined,
    keyword.missingIsReported && !keyword.grave ? 'warning' : 'error',
  );
}
