import type { IToken, TokenType } from 'chevrotain';

/** The body of one here-document (POSIX shell, 2.7.4), by offsets into the text. */
export interface HeredocBody {
  readonly start: number;
  readonly end: number;
  /** The end word was quoted: nothing is expanded. */
  readonly literal: boolean;
  /** `<<-`: tabs in front of a line do not count. */
  readonly stripTabs: boolean;
  /** The offset behind the line that holds the end word. */
  readonly next: number;
  /** No line is the end word, so the body goes on to the end of the file. */
  readonly endless: boolean;
}

/** The bodies, from `at` on, of the here-documents that the line before asks for. */
export function heredocsOf(
  text: string,
  at: number,
  before: readonly IToken[],
  newline: TokenType,
  redirect: TokenType,
): HeredocBody[] {
  const asked: { operator: string; delimiter: string }[] = [];
  for (let index = before.length - 1; index >= 0; index--) {
    const token = before[index] as IToken;
    if (token.tokenType === newline) break;
    const delimiter = before[index + 1]?.image;
    if (token.tokenType === redirect && /<<-?$/.test(token.image) && delimiter !== undefined)
      asked.push({ operator: token.image, delimiter });
  }
  const bodies: HeredocBody[] = [];
  for (const { operator, delimiter } of asked.reverse()) {
    const body = bodyAt(text, bodies.at(-1)?.next ?? at, delimiter, operator.endsWith('-'));
    bodies.push(body);
  }
  return bodies;
}

function bodyAt(text: string, start: number, delimiter: string, stripTabs: boolean): HeredocBody {
  const literal = /['"\\]/.test(delimiter);
  const word = delimiter.replaceAll(/['"\\]/g, '');
  for (let line = start; line < text.length; ) {
    const found = text.indexOf('\n', line);
    const end = found === -1 ? text.length : found;
    const next = found === -1 ? text.length : found + 1;
    let from = line;
    while (stripTabs && text[from] === '\t') from++;
    const stop = text[end - 1] === '\r' ? end - 1 : end;
    if (stop - from === word.length && text.startsWith(word, from))
      return { start, end: line, literal, stripTabs, next, endless: false };
    line = next;
  }
  return { start, end: text.length, literal, stripTabs, next: text.length, endless: true };
}
