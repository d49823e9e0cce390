import { type CustomPatternMatcherFunc, createToken, type IToken, Lexer, type TokenType } from 'chevrotain';
import { type HeredocBody, heredocsOf } from './heredoc.ts';
import { type Unclosed, wordEnd } from './quoting.ts';

/*
 * What counts as a keyword depends on where it stands, and a here-document's body follows the line that asks for it:
 * the patterns below look back at the tokens before them. Each looks back at one line at most, so a text costs what
 * its length says.
 */

/** What the lexer could not cut in the usual way. */
interface Damage {
  readonly unclosed: Unclosed[];
  /** A here-document's end word is missing, so the rest of the file is its body. */
  endless: boolean;
  /** A word may have ended too early. */
  doubtful: boolean;
}

let damage: Damage = { unclosed: [], endless: false, doubtful: false };

const blankChars = { group: Lexer.SKIPPED, line_breaks: true };
const Blank = createToken({ name: 'Blank', pattern: /(?:[ \t\ufeff]|\\\r?\n|\r(?!\n))+/, ...blankChars });
const Comment = createToken({ name: 'Comment', pattern: /#[^\n]*/, group: 'comments' });
/** A line's end with the bodies of the here-documents that the line asks for. */
export const Newline = token('Newline', (text, at, before) => {
  const width = text.startsWith('\r\n', at) ? 2 : text[at] === '\n' ? 1 : 0;
  if (width === 0) return null;
  const bodies = heredocsOf(text, at + width, before, Newline, Redirect);
  if (bodies.at(-1)?.endless === true) damage.endless = true;
  return matched(text.slice(at, bodies.at(-1)?.next ?? at + width), bodies);
});
/** `> >> < << <<- <<< &> 2>&1 …`; the word behind it says where to. */
export const Redirect = createToken({
  name: 'Redirect',
  pattern: /(?:\d{1,9}|\{[A-Za-z_]\w*\})?(?:<<<|<<-|<<|<&|<>|>>|>&|>\||<(?!\()|>(?!\())|&>>|&>/,
});
export const CaseEnd = createToken({ name: 'CaseEnd', pattern: /;;&|;;|;&/ });
export const Joint = createToken({ name: 'Joint', pattern: /&&|\|\||\|&|\||&|;/ });
/** `(( … ))`, the arithmetic command and the header of a counting loop. */
export const Arithmetic = token('Arithmetic', (text, at, before) => {
  const last = before.at(-1)?.tokenType;
  if (!startsCommand(before) && last !== For) return null;
  return text.startsWith('((', at) ? matchedOrNull(text, at, roundBracketsEnd(text, at)) : null;
});
/** `[[ … ]]` in one piece: operators inside mean something else. */
export const Test = token('Test', (text, at, before) =>
  startsCommand(before) && /^\[\[\s/.test(text.slice(at, at + 3))
    ? matchedOrNull(text, at, testEnd(text, at))
    : null,
);
export const OpenParen = createToken({ name: 'OpenParen', pattern: /\(/ });
export const CloseParen = createToken({ name: 'CloseParen', pattern: /\)/ });
/** `name ()` */
export const FunctionHead = atCommand('FunctionHead', /[^\s|&;<>()$`\\"'#{}=[\]*?]+[ \t]*\([ \t]*\)/y);
/** `name=(` */
export const ArrayHead = createToken({ name: 'ArrayHead', pattern: /[A-Za-z_]\w*\+?=\(/ });
const END = '(?=[\\s;&|()<>]|$)';
export const For = atCommand('For', new RegExp(`(?:for|select)${END}`, 'y'));
export const Case = atCommand('Case', new RegExp(`case${END}`, 'y'));
export const FunctionWord = atCommand('FunctionWord', new RegExp(`function${END}`, 'y'));
const IN = new RegExp(`in${END}`, 'y');
export const In = token('In', (text, at, before) => {
  const head = before.at(-2)?.tokenType;
  if (head !== Case && head !== For) return null;
  return sticky(IN, text, at);
});
export const Keyword = atCommand(
  'Keyword',
  new RegExp(`(?:if|then|elif|else|fi|while|until|do|done|esac|time|[!{}])${END}`, 'y'),
);
/** In `$(…)` these hold brackets and quotes that do not count. */
const HARD_TO_END = /\bcase\s|<<|(?:^|\s)#/;
export const Word = token('Word', (text, at) => {
  // Behind the first quote that is never closed nothing can be trusted to span lines.
  const found = wordEnd(text, at, damage.unclosed.length > 0 ? lineEnd(text, at) : text.length);
  if (found.unclosed === undefined) {
    const image = text.slice(at, Math.max(found.end, at + 1));
    if (image.includes('$(') && HARD_TO_END.test(image)) damage.doubtful = true;
    return matched(image);
  }
  damage.unclosed.push(found.unclosed);
  return matched(text.slice(at, Math.max(lineEnd(text, found.unclosed.at), at + 1)));
});

/** Every token type, in the order in which the lexer tries them. */
export const tokenTypes: TokenType[] = [
  Blank,
  Comment,
  Newline,
  Redirect,
  CaseEnd,
  Joint,
  Arithmetic,
  Test,
  OpenParen,
  CloseParen,
  ArrayHead,
  FunctionHead,
  For,
  Case,
  FunctionWord,
  In,
  Keyword,
  Word,
];

let lexer: Lexer | undefined;

/** What a script, or a part of it, is cut into. */
interface Cut {
  readonly tokens: IToken[];
  readonly comments: readonly IToken[];
  readonly damage: Damage;
}

/** The tokens and comments of a script, or of a part of it, and what is damaged in it. Any text can be cut. */
export function tokensOf(text: string, start: number, end: number): Cut {
  lexer ??= new Lexer(tokenTypes, { positionTracking: 'onlyOffset', skipValidations: true });
  damage = { unclosed: [], endless: false, doubtful: false };
  const { tokens, groups } = lexer.tokenize(text.slice(start, end));
  const comments = groups['comments'] ?? [];
  line = { text: '', start: 0, end: -1 };
  if (start > 0) for (const each of [...tokens, ...comments]) shift(each, start);
  return { tokens, comments, damage };
}

function shift(moved: IToken, by: number): void {
  moved.startOffset += by;
  if (moved.tokenType === Newline)
    moved.payload = bodiesOf(moved).map((body) => ({
      ...body,
      start: body.start + by,
      end: body.end + by,
      next: body.next + by,
    }));
}

/** The here-documents that begin behind a line. */
export function bodiesOf(newline: IToken): readonly HeredocBody[] {
  return (newline.payload ?? []) as readonly HeredocBody[];
}

/** Whether the next word would be a command's name, where keywords count. */
function startsCommand(before: readonly IToken[]): boolean {
  const last = before.at(-1)?.tokenType;
  switch (last) {
    case Word: {
      const head = before.at(-2)?.tokenType;
      return head === FunctionWord || head === For;
    }
    case In:
      return before.at(-3)?.tokenType === Case;
    case Redirect:
    case ArrayHead:
    case Test:
    case For:
    case Case:
    case FunctionWord:
      return false;
    default:
      return true;
  }
}

function token(name: string, match: Match, line_breaks = true): TokenType {
  const pattern: CustomPatternMatcherFunc = (text, at, before) => match(text, at, before);
  return createToken({ name, pattern, line_breaks });
}

type Match = (text: string, at: number, before: IToken[]) => ReturnType<CustomPatternMatcherFunc>;

function atCommand(name: string, pattern: RegExp): TokenType {
  return token(name, (text, at, before) => (startsCommand(before) ? sticky(pattern, text, at) : null));
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function matched(text: string, payload?: unknown): ReturnType<CustomPatternMatcherFunc> {
  const result: [string] & { payload?: unknown } = [text];
  if (payload !== undefined) result.payload = payload;
  return result;
}

function matchedOrNull(text: string, at: number, end: number) {
  return end === -1 ? null : matched(text.slice(at, end));
}

/** Longer than any header of a loop: what goes on beyond it is not looked for. */
const REACH = 500;

function roundBracketsEnd(text: string, at: number): number {
  let depth = 0;
  const limit = Math.min(text.length, at + REACH);
  for (let end = at; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code === 40) depth++;
    else if (code === 41 && --depth === 0) return text.charCodeAt(end - 1) === 41 ? end + 1 : -1;
  }
  return -1;
}

/** The first `]]` that stands as a word. */
function testEnd(text: string, at: number): number {
  const limit = Math.min(text.length, at + REACH);
  for (let end = at + 3; end < limit; end++)
    if (
      text.charCodeAt(end) === 93 &&
      text.charCodeAt(end - 1) === 93 &&
      /\s/.test(text[end - 2] ?? '') &&
      /^[\s;&|()<>]?$/.test(text[end + 1] ?? '')
    )
      return end + 1;
  return -1;
}

let line = { text: '', start: 0, end: -1 };

/** The end of the line that holds an offset; remembered, because a long line asks for it at each word. */
function lineEnd(text: string, at: number): number {
  if (line.text !== text || at < line.start || at > line.end) {
    const end = text.indexOf('\n', at);
    line = { text, start: at, end: end === -1 ? text.length : end };
  }
  return line.end;
}
