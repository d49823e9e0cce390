import type { IToken } from 'chevrotain';
import type { Range } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';
import { bodiesOf, CloseParen, Joint, Newline, OpenParen, tokensOf } from '../script/tokens.ts';
import { type Comment, type Ignore, ignoreIn, lineStart } from './comment.ts';

/** What stands on a line, with the blocks that it opens and the here-documents that it asks for. */
interface Statement {
  readonly start: number;
  end: number;
}

/** The inside of a block, or the script itself. */
interface Level {
  /** The statement that the block is a part of. */
  readonly block: Statement | undefined;
  readonly isParen: boolean;
  statement: Statement | undefined;
}

const OPENING = /^(?:if|while|until|for|select|case|\{|\()$/;
const CLOSING = /^(?:fi|done|esac|\})$/;
/** What stands behind these is the inside of a block. */
const BODY = /^(?:then|else|do|in|\{|\()$/;

/**
 * Ignores of a script: above a line, for that with its blocks; behind a line, for that; behind or right below the word that
 * opens the inside of a block, for the block.
 */
export function ignoresInScript(source: Source): readonly Ignore[] {
  const { text } = source;
  const { tokens, comments } = tokensOf(text, 0, text.length);
  const waiting = comments.toReversed();
  const found: { readonly comment: Comment; readonly covers: () => Range | undefined }[] = [];
  const levels: Level[] = [{ block: undefined, isParen: false, statement: undefined }];
  let fresh: Statement | undefined;
  let onLine: Statement | undefined;
  let next: { statement?: Statement } = {};
  let before: IToken | undefined;
  const hear = ({ startOffset: start, image }: IToken) => {
    const isAlone = text.slice(lineStart(text, start), start).trim() === '';
    const [block, following, line] = [fresh, next, isAlone ? undefined : onLine];
    const comment = { start, end: start + image.length, isAlone };
    found.push({ comment, covers: () => block ?? line ?? following.statement });
  };
  for (const token of tokens) {
    for (let comment = waiting.at(-1); isBefore(comment, token); comment = waiting.at(-1)) {
      hear(comment);
      waiting.pop();
    }
    let level = levels.at(-1) as Level;
    const end = token.startOffset + token.image.length;
    const word = isKeyword(token) ? token.image : '';
    if (token.tokenType === Newline) {
      if (level.statement !== undefined && bodiesOf(token).length > 0) level.statement.end = end;
      if (before?.tokenType !== Joint || before.image === ';') level.statement = undefined;
      onLine = undefined;
      before = token;
      continue;
    }
    fresh = undefined;
    before = token;
    const closes = CLOSING.test(word) || (token.tokenType === CloseParen && level.isParen);
    if (closes && levels.length > 1) {
      levels.pop();
      level = levels.at(-1) as Level;
      next = {};
    }
    if (level.statement === undefined) {
      level.statement = { start: token.startOffset, end };
      next.statement = level.statement;
      next = {};
    } else level.statement.end = end;
    onLine ??= level.statement;
    if (OPENING.test(word))
      levels.push({ block: level.statement, isParen: word === '(', statement: undefined });
    if (BODY.test(word)) {
      const inside = levels.at(-1) as Level;
      inside.statement = undefined;
      fresh = inside.block;
    }
  }
  for (const comment of waiting.reverse()) hear(comment);
  return found.flatMap(({ comment, covers }) => ignoreIn(source, comment, covers()) ?? []);
}

function isBefore(comment: IToken | undefined, token: IToken): comment is IToken {
  return comment !== undefined && comment.startOffset < token.startOffset;
}

function isKeyword({ tokenType }: IToken): boolean {
  return /^(?:Keyword|For|Case|In)$/.test(tokenType.name) || tokenType === OpenParen;
}
