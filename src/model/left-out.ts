import type { Fact, Located } from '../evidence/fact.ts';

/**
 * True where a block has no line for a fact at all. A line with a value that the program refuses leaves the default in
 * place too, but stands there itself, and is reported as what it is.
 */
export function isLeftOut(fact: Fact<unknown>, block: Located): boolean {
  return fact.basis === 'default' && fact.place.range.start === block.place.range.start;
}
