import { createToken, Lexer, type TokenType } from 'chevrotain';

// RFC 8259. A string that a damaged line leaves open ends with the line, so that what follows is read all the same.

const Blank = createToken({ name: 'Blank', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true });
export const Open = createToken({ name: 'Open', pattern: /[{[]/ });
export const Close = createToken({ name: 'Close', pattern: /[}\]]/ });
export const Colon = createToken({ name: 'Colon', pattern: /:/ });
export const Comma = createToken({ name: 'Comma', pattern: /,/ });
export const Quoted = createToken({ name: 'Quoted', pattern: /"[^"\\\n]*(?:\\.[^"\\\n]*)*"?/ });
const Bare = createToken({ name: 'Bare', pattern: /[^\s{}[\],:"]+/ });

const JSON_TOKENS: TokenType[] = [Blank, Open, Close, Colon, Comma, Quoted, Bare];

let lexer: Lexer | undefined;

/** The lexer, built when the first text is read. */
export function jsonLexer(): Lexer {
  lexer ??= new Lexer(JSON_TOKENS, { positionTracking: 'onlyOffset', skipValidations: true });
  return lexer;
}
