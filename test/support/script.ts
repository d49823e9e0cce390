import { readScript, type ScriptStatement, type ScriptTree } from '../../grammars/script/read.ts';
import {
  commandsThat,
  type SetupCommand,
  type SetupCommandOf,
  type SetupStep,
} from '../../src/model/commands.ts';
import { commandsFrom } from '../../src/model/from-script.ts';
import { sourceOf } from './source.ts';

/** The tree of a script. */
export function scriptTree(text: string, name = 'rs.sh'): ScriptTree {
  return readScript(sourceOf(text, 'script', { name, host: 'rs1' }));
}

/** The words of each statement, one text a statement; `?` before a word that nobody knows. */
export function said(text: string): string[] {
  return scriptTree(text).statements.map(spoken);
}

/** A statement's words as one text. */
export function spoken({ words }: ScriptStatement): string {
  return words.map(({ text, unknown }) => (unknown ? `?${text}` : text)).join(' ');
}

/** The words of the only statement, as a list. */
export function wordsOf(line: string): string[] {
  return (scriptTree(line).statements.at(-1)?.words ?? []).map(({ text }) => text);
}

/** What a script does to a cluster. */
export function commandsOf(text: string): readonly SetupCommand[] {
  return commandsFrom(scriptTree(text)).commands;
}

/** The commands of one kind. */
export function stepsOf<D extends SetupStep['does']>(text: string, does: D): SetupCommandOf<D>[] {
  return commandsThat(does, commandsOf(text));
}

/** The text that a place covers. */
export function standsAt(located: {
  readonly place: {
    readonly source: { readonly text: string };
    readonly range: { readonly start: number; readonly end: number };
  };
}): string {
  const { source, range } = located.place;
  return source.text.slice(range.start, range.end);
}
