import type { Source } from '../../src/evidence/source.ts';
import { blockOf } from '../block.ts';
import { type Statement, type Tree, type Word, wordAt } from '../tree.ts';
import { Close, End, nginxLexer, Open, Quoted } from './tokens.ts';

/** Reads nginx.conf: directives, with the directives of their blocks. Any text has some reading, however it is cut. */
export function readNginx(source: Source): Tree {
  const statements: Statement[] = [];
  const levels: Statement[][] = [statements];
  let words: Word[] = [];
  const finish = (block?: Statement[]) => {
    if (words.length > 0) levels.at(-1)?.push(blockOf(source, words, block));
    words = [];
  };
  for (const { image, startOffset, tokenType } of nginxLexer().tokenize(source.text).tokens) {
    if (tokenType === End) finish();
    else if (tokenType === Open) {
      // A brace without a name is a slip: what it encloses belongs to what surrounds it.
      const block = words.length > 0 ? [] : (levels.at(-1) ?? statements);
      finish(block);
      levels.push(block);
    } else if (tokenType === Close) {
      finish();
      if (levels.length > 1) levels.pop();
    } else {
      const text = tokenType === Quoted ? image.slice(1, image.length > 1 ? -1 : undefined) : image;
      words.push(wordAt(source, text, startOffset, startOffset + image.length));
    }
  }
  finish();
  return { source, statements, faults: [] };
}
