import type { IToken } from 'chevrotain';
import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf } from '../tree.ts';
import type { BlockKind, BlockNode } from './node.ts';

const SIGNS: Readonly<Record<BlockKind, { readonly opens: string; readonly closes: string }>> = {
  if: { opens: 'if', closes: 'fi' },
  while: { opens: 'while', closes: 'done' },
  for: { opens: 'for', closes: 'done' },
  case: { opens: 'case', closes: 'esac' },
  group: { opens: '{', closes: '}' },
  subshell: { opens: '(', closes: ')' },
  function: { opens: '{', closes: '}' },
};

/** A block that is open where another one or the file ends. */
export function neverClosed(source: Source, block: BlockNode): Fault {
  const { opens, closes } = SIGNS[block.kind];
  return {
    kind: 'unbalanced-braces',
    message: `this '${opens}' is never closed by '${closes}'`,
    at: placeOf(source, block.start, block.end),
    severity: 'error',
    remedy: `Add the missing '${closes}' where this block is meant to end.`,
  };
}

/** A closing word with nothing to close. */
export function closesNothing(source: Source, { startOffset, image }: IToken, kind: BlockKind): Fault {
  return {
    kind: 'unbalanced-braces',
    message: `'${image}' closes nothing: no '${SIGNS[kind].opens}' is open here`,
    at: placeOf(source, startOffset, startOffset + image.length),
    severity: 'error',
    remedy: `Delete this '${image}', or find the one above it that closed a block too early.`,
  };
}
