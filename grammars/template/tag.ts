/** A piece of a template: text that is copied, or a tag. The pieces of a template follow each other without a gap. */
export interface Piece {
  readonly kind: PieceKind;
  readonly start: number;
  readonly end: number;
  /** What the tag says, without its signs. */
  readonly words: string;
  /** What the tag takes away of the text around it. */
  readonly before?: Trim | undefined;
  readonly after?: Trim | undefined;
  /** Names that the tag gives to values which differ from round to round. */
  readonly names?: readonly string[];
}

/** `all`: white space and line ends; `indent`: white space back to the line's start; `newline`: the line end behind it. */
export type Trim = 'all' | 'indent' | 'newline';

export type PieceKind =
  /** Copied as it stands. */
  | 'text'
  /** An expression whose value is put in. */
  | 'value'
  /** A comment, an assignment: nothing is put in. */
  | 'nothing'
  | 'if'
  /** The first branch of `case`: nothing stands before it. */
  | 'case'
  | 'loop'
  /** `else` and `elsif`; with words, a condition. */
  | 'else'
  | 'end'
  /** A part that is put in where it stands: `{% block %}`, `{% with %}`. */
  | 'group'
  /** A part that is put in where it is called by its name. */
  | 'macro'
  /** A part whose text goes into a variable. */
  | 'capture'
  /** Puts in a macro, or another file. */
  | 'call';

/** Why a template cannot be followed. Thrown inside this folder only, caught by its reader. */
export class Unfollowable extends Error {}

const LONGEST_TAG = 10_000;

/** The offset behind a tag's closing sign, with quoted strings and inner braces passed over. */
export function endOfTag(text: string, from: number, close: string): number {
  let depth = 0;
  for (let at = from; at < text.length && at - from < LONGEST_TAG; at++) {
    const sign = text[at];
    if (depth === 0 && text.startsWith(close, at)) return at + close.length;
    if (sign === '"' || sign === "'" || sign === '`') {
      const end = endOfString(text, at);
      // A lonely apostrophe is no string.
      if (end !== undefined) at = end;
    } else if (sign === '{') depth++;
    else if (sign === '}' && depth > 0) depth--;
    else if (sign === '\n' && close === '}') break;
  }
  const line = text.slice(0, from).split('\n').length;
  throw new Unfollowable(`the tag that begins in line ${line} has no '${close}'`);
}

function endOfString(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\' && quote !== '`') at++;
    else if (text[at] === quote) return at;
  }
  return undefined;
}
