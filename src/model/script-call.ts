import type { ScriptStatement } from '../../grammars/script/read.ts';
import { placeOf, type Word } from '../../grammars/tree.ts';
import { type Fact, stated } from '../evidence/fact.ts';
import type { OnDevice, SetupStep } from './commands.ts';

/** A program with its arguments, as a script runs it. */
export interface ScriptCall {
  readonly statement: ScriptStatement;
  /** Without the folder: `ipvsadm`. */
  readonly name: string;
  readonly args: readonly Word[];
  /** Files that a step before it cut lines out of, or wrote anew. */
  readonly renewed: Set<string>;
}

/** A program's reader: what a call does, as far as it touches a cluster. */
export type CallReader = (call: ScriptCall) => readonly SetupStep[];

/** A word's text, if it is known before the script runs. */
export function textFact(word: Word | undefined): Fact<string> | undefined {
  return word === undefined || word.unknown ? undefined : stated(word.text, word);
}

/** The device of a word; of `lo:$i` the base is known although the rest is not. */
export function deviceOf(word: Word | undefined): OnDevice {
  if (word === undefined) return {};
  const [base = '', suffix] = word.text.split(':', 2);
  if (base === '' || (word.unknown && /[$`]/.test(base))) return {};
  return { interface: stated(base, word), ...(suffix !== undefined && { alias: word.text }) };
}

/** The value behind the first of some keywords. */
export function valueAfter(args: readonly Word[], ...keywords: readonly string[]): Word | undefined {
  const at = args.findIndex(({ text, unknown }) => !unknown && keywords.includes(text));
  return at === -1 ? undefined : args[at + 1];
}

/** A part of a word's text as a fact; placed at that part where the text stands in the file as it is. */
export function partFact(word: Word, from: number, to = word.text.length): Fact<string> {
  const { source, range } = word.place;
  const value = word.text.slice(from, to);
  const stands = source.text.slice(range.start, range.end);
  const offset = stands.indexOf(word.text);
  if (offset === -1) return stated(value, word);
  const start = range.start + offset;
  return stated(value, { place: placeOf(source, start + from, start + to) });
}
