import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';

/*
 * One token a line, because the program reads lines and a saved table of 10,000 services has 110,000 of them;
 * words are split when a statement is asked for them. Every token ends at a line end, so a `#` that begins one
 * stands in the first column.
 */

/** ipvsadm-restore drops these before ipvsadm sees them; an indented `#` is no comment. */
const Comment = createToken({ name: 'Comment', pattern: /#[^\n]*/, group: Lexer.SKIPPED });
const LineEnd = createToken({ name: 'LineEnd', pattern: /\n+/, group: Lexer.SKIPPED, line_breaks: true });
/** All that stands between two line ends. */
export const Line = createToken({ name: 'Line', pattern: /[^\n]+/ });

/** Every token type, in the order in which the lexer tries them. */
export const tokenTypes: TokenType[] = [Comment, LineEnd, Line];

let lexer: Lexer | undefined;

/** The lines of a saved table without its comments. Any text can be cut: nothing is an error here. */
export function tokensOf(text: string): IToken[] {
  lexer ??= new Lexer(tokenTypes, { positionTracking: 'onlyOffset', skipValidations: true });
  return lexer.tokenize(text).tokens;
}
