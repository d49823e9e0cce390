/*
 * Where a shell word ends (POSIX shell command language, 2.2 Quoting and 2.6 Word Expansions). A loop with a stack
 * of its own: the depth of the text is not the depth of our calls.
 */

/** Something that a word opens and never closes: a quote or a bracket. */
export interface Unclosed {
  readonly sign: string;
  readonly at: number;
  /** True where nothing but this one quote is open: the shell itself would refuse the text. */
  readonly certain: boolean;
}

export interface WordEnd {
  readonly end: number;
  readonly unclosed?: Unclosed;
}

const BACKSLASH = 92;
const SINGLE = 39;
const DOUBLE = 34;
const BACKTICK = 96;
const DOLLAR = 36;
const PAREN = 40;
const CLOSE_PAREN = 41;
const BRACE = 123;
const CLOSE_BRACE = 125;

/** The end of the word that begins at `start`, looking no further than `limit`. */
export function wordEnd(text: string, start: number, limit: number): WordEnd {
  return scan(text, start, limit, true);
}

/** The end of the `$…`, backquote or quote that begins at `start`; `limit` where it is never closed. */
export function constructEnd(text: string, start: number, limit: number): number {
  return scan(text, start, limit, false).end;
}

/** The end of the `$'…'` that begins at `start`; the end of the text where it is never closed. */
export function dollarQuoteEnd(text: string, start: number): number {
  const end = singleQuoteEnd(text, start + 1, true);
  return end === -1 ? text.length : end + 1;
}

function scan(text: string, start: number, limit: number, wholeWord: boolean): WordEnd {
  const signs: number[] = [];
  const places: number[] = [];
  let doubles = 0;
  const open = (sign: number, at: number) => {
    signs.push(sign);
    places.push(at);
    if (sign === DOUBLE) doubles++;
  };
  const close = () => {
    places.pop();
    if (signs.pop() === DOUBLE) doubles--;
  };
  let at = start;
  for (; at < limit; at++) {
    const code = text.charCodeAt(at);
    const inside = signs.at(-1);
    if (inside === undefined) {
      if (at > start && !wholeWord) break;
      if (wholeWord && endsWord(text, at, code, start)) break;
    }
    if (code === BACKSLASH) at++;
    else if (code === DOUBLE) inside === DOUBLE ? close() : open(DOUBLE, at);
    else if (code === BACKTICK) inside === BACKTICK ? close() : open(BACKTICK, at);
    else if (inside === BACKTICK) continue;
    else if (code === SINGLE && inside !== DOUBLE && (inside !== BRACE || doubles === 0)) {
      const end = singleQuoteEnd(text, at, text.charCodeAt(at - 1) === DOLLAR && at > start);
      if (end === -1 || end >= limit) {
        open(SINGLE, at);
        at = limit;
        break;
      }
      at = end;
    } else if (code === DOLLAR && text.charCodeAt(at + 1) === PAREN) open(PAREN, at++);
    else if (code === DOLLAR && text.charCodeAt(at + 1) === BRACE) open(BRACE, at++);
    else if (inside === DOUBLE) continue;
    else if (code === PAREN && inside !== BRACE) open(PAREN, at);
    else if (code === CLOSE_PAREN && inside === PAREN) close();
    else if (code === CLOSE_BRACE && inside === BRACE) close();
  }
  const sign = signs.at(-1);
  if (sign === undefined || at < limit) return { end: Math.min(at, limit) };
  const certain = signs.length === 1 && (sign === SINGLE || sign === DOUBLE);
  return { end: limit, unclosed: { sign: String.fromCharCode(sign), at: places.at(-1) ?? start, certain } };
}

/** The closing quote of `'…'`, or of `$'…'` where a backslash hides one. */
function singleQuoteEnd(text: string, open: number, withEscapes: boolean): number {
  let end = text.indexOf("'", open + 1);
  if (!withEscapes) return end;
  for (let from = open + 1; end !== -1; end = text.indexOf("'", end + 1)) {
    let backslashes = 0;
    for (let at = end - 1; at >= from && text.charCodeAt(at) === BACKSLASH; at--) backslashes++;
    if (backslashes % 2 === 0) return end;
    from = end + 1;
  }
  return end;
}

/** White space and operators end a word; `<(` and `>(` begin one, `+(…)` is a pattern in one. */
function endsWord(text: string, at: number, code: number, start: number): boolean {
  switch (code) {
    case 32:
    case 9:
    case 10:
    case 59: // ;
    case 38: // &
    case 124: // |
    case CLOSE_PAREN:
      return true;
    case 13:
      return text.charCodeAt(at + 1) === 10;
    case 60:
    case 62: // < >
      return at !== start || text.charCodeAt(at + 1) !== PAREN;
    case PAREN:
      return !(
        at > start &&
        ('@+?*!'.includes(text[at - 1] ?? ' ') || (at === start + 1 && '<>'.includes(text[start] ?? ' ')))
      );
    default:
      return false;
  }
}
