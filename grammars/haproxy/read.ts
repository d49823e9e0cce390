import type { Source } from '../../src/evidence/source.ts';
import { blockOf } from '../block.ts';
import { type Statement, type Tree, type Word, wordAt } from '../tree.ts';
import { End, haproxyLexer } from './tokens.ts';

/** The words that begin a section (haproxy's manual, chapters 3 and 4, and the sections of other chapters). */
const SECTIONS: ReadonlySet<string> = new Set(
  'global defaults frontend backend listen peers mailers resolvers userlist program ring cache http-errors fcgi-app log-forward crt-store traces'.split(
    ' ',
  ),
);

/** Reads haproxy.cfg: each section is a statement with its lines as a block. Any text has some reading. */
export function readHaproxy(source: Source): Tree {
  const statements: Statement[] = [];
  let lines: Statement[] = statements;
  for (const words of linesOf(source)) {
    const [first] = words as readonly [Word];
    if (SECTIONS.has(first.text)) {
      lines = [];
      statements.push(blockOf(source, words, lines));
    } else lines.push(blockOf(source, words));
  }
  return { source, statements, faults: [] };
}

function* linesOf(source: Source): Generator<readonly Word[]> {
  let words: Word[] = [];
  for (const { image, startOffset, tokenType } of haproxyLexer().tokenize(source.text).tokens) {
    if (tokenType !== End) words.push(wordAt(source, bare(image), startOffset, startOffset + image.length));
    else if (words.length > 0) {
      yield words;
      words = [];
    }
  }
  if (words.length > 0) yield words;
}

/** Without its quotes and backslashes. */
function bare(image: string): string {
  return /["'\\]/.test(image) ? image.replaceAll(/\\(.)|["']/g, '$1') : image;
}
