import type { IToken } from 'chevrotain';
import type { Source } from '../../src/evidence/source.ts';
import { type Word, wordAt } from '../tree.ts';
import { Arithmetic, ArrayHead, FunctionWord, Redirect, Test, Word as WordToken } from './tokens.ts';

/** What bash takes and a plain POSIX shell such as dash refuses or takes for something else; each kind once. */
export function bashOnly(source: Source, tokens: readonly IToken[]): Word[] {
  const found = new Map<string, Word>();
  for (const token of tokens) {
    const kind = kindOf(token);
    if (kind === undefined || found.has(kind)) continue;
    const { startOffset, image } = token;
    found.set(kind, wordAt(source, image, startOffset, startOffset + image.length));
  }
  return [...found.values()];
}

function kindOf({ tokenType, image }: IToken): string | undefined {
  switch (tokenType) {
    case ArrayHead:
      return 'array';
    case Test:
    case Arithmetic:
    case FunctionWord:
      return tokenType.name;
    case Redirect:
      return /<<<|&>/.test(image) ? image : undefined;
    case WordToken:
      if (/^[^']*\$\{\w+\[/.test(image)) return 'array';
      return /^[<>]\(/.test(image) ? 'process substitution' : undefined;
    default:
      return undefined;
  }
}
