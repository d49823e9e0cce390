import { type Fix, reviewedFix, safeFix, worded } from '../../src/evidence/fix.ts';
import { lineSplit } from '../../src/evidence/line-edit.ts';
import type { Source } from '../../src/evidence/source.ts';
import type { Fault } from '../tree.ts';
import { isCrowded } from './crowded-line.ts';
import type { Flaw } from './flaw.ts';
import type { KeepalivedStatement } from './statement.ts';

/** A flaw of a line's text with its place, and with what a program can write instead. */
export function faultOf(flaw: Flaw, statement: KeepalivedStatement): Fault {
  const { word, instead: _, alike: __, ...fault } = flaw;
  const fix = fixOf(flaw, statement);
  return { ...fault, at: statement.placeAt(word), ...(fix && { fix }) };
}

/** The word that was meant, or a second statement on a line of its own. */
function fixOf(flaw: Flaw, statement: KeepalivedStatement): Fix | undefined {
  const { word, instead, alike } = flaw;
  const at = { place: statement.placeAt(word) };
  if (isCrowded(flaw)) return reviewedFix('put it on a line of its own', lineSplit(at));
  if (instead === undefined) return undefined;
  const edit = worded(at, statement.shape.words[word] ?? '', instead);
  // Where a file has both words, one of them may undo the other.
  if (alike && !wordsOf(statement.source).has(instead)) return safeFix(`write ${instead}`, edit);
  return reviewedFix(`write ${instead}`, edit);
}

const words = new WeakMap<Source, ReadonlySet<string>>();

/** The first words of a text's lines, read at most once. */
function wordsOf(source: Source): ReadonlySet<string> {
  let known = words.get(source);
  if (known === undefined) {
    known = new Set(
      [...source.text.matchAll(/^[ \t]*(?:@\S+[ \t]+)?([a-z_]+)/gm)].map(([, word = '']) => word),
    );
    words.set(source, known);
  }
  return known;
}
