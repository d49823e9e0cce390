import type { IToken } from 'chevrotain';
import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf } from '../tree.ts';
import { BlockBuilder } from './builder.ts';
import { hiddenCharacters } from './hidden.ts';
import type { Node } from './node.ts';
import { parseTokens } from './parser.ts';
import { tokensOf, Word } from './tokens.ts';

export interface ScriptNodes {
  readonly nodes: readonly Node[];
  readonly faults: Fault[];
  readonly tokens: readonly IToken[];
}

/** The commands and blocks of a text, or of a part of it, with what is wrong in its brackets and quotes. */
export function nodesOf(source: Source, start = 0, end = source.text.length): ScriptNodes {
  const { tokens, damage } = tokensOf(source.text, start, end);
  const builder = new BlockBuilder(source);
  parseTokens(tokens, builder);
  builder.finish();
  const quotes = damage.unclosed
    .filter(({ certain }) => certain)
    .map(({ sign, at }) => unclosedQuote(source, sign, at));
  // Behind an unclosed quote blocks only look as if they were not closed.
  const isWhole = damage.unclosed.length === 0 && !damage.endless && !damage.doubtful;
  const words = tokens.filter(({ tokenType }) => tokenType === Word);
  const faults = isWhole ? builder.faults : quotes.slice(0, 1);
  return {
    nodes: builder.root,
    tokens,
    faults: [...hiddenCharacters(source, words, start === 0), ...faults],
  };
}

function unclosedQuote(source: Source, sign: string, at: number): Fault {
  return {
    kind: 'unclosed-quote',
    message: `this ${sign} is never closed, so the shell stops here: the rest of the file is one word`,
    at: placeOf(source, at, at + 1),
    severity: 'error',
    remedy: 'Close the quote here, or find the line above that lacks one: quotes are paired from the top.',
  };
}
