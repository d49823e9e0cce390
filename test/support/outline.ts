import { type KeepalivedStatement, parseKeepalived } from '../../grammars/keepalived/read.ts';
import { sourceOf } from './source.ts';

export type Outline = string | [string, ...Outline[]];

/** Statements as nested lists of words: what a reader sees in the file. */
export function outline(statements: readonly KeepalivedStatement[]): Outline[] {
  return statements.map(({ shape, block }) => {
    const words = shape.words.join(' ');
    return block === undefined ? words : [words, ...outline(block)];
  });
}

/** What a text of one file is read as, and what is wrong with it: each fault with the words that it is about. */
export function outlineOf(text: string, configId?: string) {
  const { statements, faults } = parseKeepalived(sourceOf(text), configId);
  return {
    outline: outline(statements),
    faults: faults.map(({ kind, at }) => [kind, text.slice(at.range.start, at.range.end)]),
  };
}
