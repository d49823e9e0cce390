import type { Source } from '../src/evidence/source.ts';
import { placeOf, type Statement, type Word } from './tree.ts';

/** A statement of words that stand on one line, with what it encloses; its place is its own line. */
export function blockOf(source: Source, words: readonly Word[], block?: readonly Statement[]): Statement {
  const range = { start: words[0]?.range.start ?? 0, end: words.at(-1)?.range.end ?? 0 };
  return { source, words, block, range, place: placeOf(source, range.start, range.end) };
}
