import { createToken, Lexer, type TokenType } from 'chevrotain';

// One token a line. A line's kind is settled here, so that every foreseen damage has a token and a production.

const Blank = createToken({
  name: 'Blank',
  pattern: /[ \t\r\n\v\f]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
const Comment = createToken({ name: 'Comment', pattern: /[#;][^\n]*/, group: Lexer.SKIPPED });
export const ByteOrderMark = createToken({ name: 'ByteOrderMark', pattern: /\uFEFF/ });
export const Shell = createToken({
  name: 'Shell',
  pattern:
    /(?:sudo[ \t]+)?(?:\/(?:usr\/)?s?bin\/)?(?:sysctl|echo|printf|cat|tee|modprobe|export|source)[ \t][^\n]*/,
});
export const Assignment = createToken({ name: 'Assignment', pattern: /[^\n=]*=[^\n]*/ });
export const Exclusion = createToken({ name: 'Exclusion', pattern: /-[A-Za-z0-9][^\n]*/ });
export const Stray = createToken({ name: 'Stray', pattern: /[^\n]+/ });

export const SYSCTL_TOKENS: TokenType[] = [
  Blank,
  Comment,
  ByteOrderMark,
  Shell,
  Assignment,
  Exclusion,
  Stray,
];

let lexer: Lexer | undefined;

/** The lexer, built when the first file is read. */
export function sysctlLexer(): Lexer {
  lexer ??= new Lexer(SYSCTL_TOKENS, { positionTracking: 'onlyOffset', skipValidations: true });
  return lexer;
}
