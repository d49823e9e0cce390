import { createToken, Lexer, type TokenType } from 'chevrotain';

// haproxy's manual, section 2.2: blanks part words, quotes and backslashes keep them together, `#` ends the line.

const Blank = createToken({
  name: 'Blank',
  pattern: /[ \t\r]+|\\\r?\n/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
const Comment = createToken({ name: 'Comment', pattern: /#[^\n]*/, group: Lexer.SKIPPED });
export const End = createToken({ name: 'End', pattern: /\n/, line_breaks: true });
const Text = createToken({
  name: 'Text',
  pattern: /(?:[^\s"'\\#]+|\\.|\\|"(?:[^"\\\n]+|\\.)*"?|'[^'\n]*'?)+/,
});

const HAPROXY_TOKENS: TokenType[] = [Blank, Comment, End, Text];

let lexer: Lexer | undefined;

/** The lexer, built when the first file is read. */
export function haproxyLexer(): Lexer {
  lexer ??= new Lexer(HAPROXY_TOKENS, { positionTracking: 'onlyOffset', skipValidations: true });
  return lexer;
}
