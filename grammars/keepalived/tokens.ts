import { createToken, type IToken, Lexer, type TokenType } from 'chevrotain';

/*
 * keepalived reads lines, and cuts each line at braces outside double quotes (lib/parser.c). One token a line
 * instead of one a word keeps 15 MB files below half a second; words are split when a statement is built.
 */

/** Text up to a brace, a comment or the end of the line; double quotes hide all three. */
export const Line = createToken({
  name: 'Line',
  pattern: /(?:[^\s{}#!"\\]|\\(?![#!])|"[^"\r\n]*")(?:[^{}#!"\\\r\n]+|\\(?![#!])|"[^"\r\n]*")*/,
  start_chars_hint: lineStarts(),
});
export const Open = createToken({ name: 'Open', pattern: /\{/ });
export const Close = createToken({ name: 'Close', pattern: /\}/ });
/** A quote that the line never closes: the rest of the line belongs to it. */
export const UnclosedQuote = createToken({ name: 'UnclosedQuote', pattern: /"[^"\r\n]*/ });
const Space = createToken({ name: 'Space', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true });
/** `#` and `!` start a comment anywhere outside double quotes, even inside a word; a backslash before them is lost. */
const Comment = createToken({ name: 'Comment', pattern: /\\?[#!][^\r\n]*/, group: Lexer.SKIPPED });

/** Every token type, in the order in which the lexer tries them. */
export const tokenTypes: TokenType[] = [Space, Line, Close, Open, Comment, UnclosedQuote];

/** All characters that can begin a line: chevrotain cannot work that out for a negated set. */
function lineStarts(): number[] {
  const starts: number[] = [];
  for (let code = 0; code < 256; code++) if (!/[\s{}#!]/.test(String.fromCharCode(code))) starts.push(code);
  return starts;
}

let lexer: Lexer | undefined;

/** The tokens of a text, comments left out. Any text can be cut: nothing is an error here. */
export function tokensOf(text: string): IToken[] {
  lexer ??= new Lexer(tokenTypes, { positionTracking: 'onlyOffset', skipValidations: true });
  return lexer.tokenize(text).tokens;
}

const CHUNK = 1 << 17;

/** The same tokens in batches: those of a large file need not all live at once. No token spans two lines. */
export function* tokenBatches(text: string): Generator<IToken[]> {
  if (text.length <= CHUNK) {
    yield tokensOf(text);
    return;
  }
  for (let start = 0; start < text.length; ) {
    const cut = text.lastIndexOf('\n', start + CHUNK) + 1;
    const end = cut > start ? cut : text.indexOf('\n', start) + 1 || text.length;
    const tokens = tokensOf(text.slice(start, end));
    for (let index = 0; index < tokens.length; index++) (tokens[index] as IToken).startOffset += start;
    yield tokens;
    start = end;
  }
}
