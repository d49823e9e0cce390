import { createToken, Lexer, type TokenType } from 'chevrotain';

// As ngx_conf_read_token() cuts a text: `;` ends a directive, braces enclose a block, `#` begins a comment between words.

const Blank = createToken({ name: 'Blank', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true });
const Comment = createToken({ name: 'Comment', pattern: /#[^\n]*/, group: Lexer.SKIPPED });
export const End = createToken({ name: 'End', pattern: /;/ });
export const Open = createToken({ name: 'Open', pattern: /\{/ });
export const Close = createToken({ name: 'Close', pattern: /\}/ });
export const Quoted = createToken({
  name: 'Quoted',
  pattern: /"(?:[^"\\]+|\\[\s\S])*"?|'(?:[^'\\]+|\\[\s\S])*'?/,
  line_breaks: true,
});
const Text = createToken({ name: 'Text', pattern: /(?:[^\s;{}$\\]+|\$(?:\{\w*\})?|\\\S?)+/ });

const NGINX_TOKENS: TokenType[] = [Blank, Comment, End, Open, Close, Quoted, Text];

let lexer: Lexer | undefined;

/** The lexer, built when the first file is read. */
export function nginxLexer(): Lexer {
  lexer ??= new Lexer(NGINX_TOKENS, { positionTracking: 'onlyOffset', skipValidations: true });
  return lexer;
}
