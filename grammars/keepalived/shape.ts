import type { Range } from '../../src/evidence/place.ts';
import type { Shape } from './statement.ts';

/** Makes shapes and shares them between lines of equal text; one for each file read. */
export type Shaper = (text: string) => Shape;

/** The lines that repeat turn up early; a memory of every server's address would only grow. */
const MOST_REMEMBERED = 4096;

/** A shaper with an empty memory. */
export function newShaper(): Shaper {
  const known = new Map<string, LineShape>();
  let before = new LineShape('');
  return (text) => {
    // The line that came next last time mostly comes next again: to compare two texts is cheaper than to look one up.
    let shape = before.follower?.text === text ? before.follower : known.get(text);
    if (shape === undefined) {
      shape = new LineShape(text);
      if (known.size < MOST_REMEMBERED) known.set(text, shape);
    } else before.follower = shape;
    before = shape;
    return shape;
  };
}

/** A line as it stands in a file. It keeps its words only: where they stand is found again for the few that are asked for. */
class LineShape implements Shape {
  readonly text: string;
  readonly words: readonly string[];
  /** The line that came behind this one when it was last seen. */
  follower: LineShape | undefined = undefined;

  constructor(text: string) {
    const words: string[] = [];
    splitWords(text, (word) => {
      words.push(word);
      return true;
    });
    this.text = text;
    // An array that grew has room to spare; a hundred thousand of them would keep it.
    this.words = words.slice();
  }

  span(index: number): Range | undefined {
    let span: Range | undefined;
    let at = 0;
    splitWords(this.text, (_, start, end) => {
      if (at++ === index) span = { start, end };
      return span === undefined;
    });
    return span;
  }

  isQuoted(index: number): boolean {
    if (!this.text.includes('"')) return false;
    const span = this.span(index);
    return span !== undefined && this.text.slice(span.start, span.end).includes('"');
  }
}

/**
 * Lines that hold a command or a pattern: quotes may stand inside their words (lib/parser.c of keepalived 2.2.7,
 * alloc_strvec_quoted_escaped).
 */
const COMMAND_LINE =
  /^\s*(?:script|\w+_script|misc_path|notify\w*|quorum_up|quorum_down|process|regex|path)[ \t]/;

/** Splits a line at blanks and tabs. Double quotes are taken off what they hold, which is a word of its own. */
function splitWords(text: string, take: (word: string, start: number, end: number) => boolean): void {
  let at = 0;
  while (at < text.length) {
    if (isBlank(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    let quotes = 0;
    while (at < text.length && (quotes % 2 === 1 || !isBlank(text.charCodeAt(at)))) {
      if (text.charCodeAt(at) === QUOTE) {
        if (quotes === 0 && at > start && !COMMAND_LINE.test(text)) break;
        quotes++;
      }
      at++;
      if (quotes === 2 && text.charCodeAt(at - 1) === QUOTE && !COMMAND_LINE.test(text)) break;
    }
    const word = text.slice(start, at);
    if (!take(quotes === 0 ? word : word.replaceAll('"', ''), start, at)) return;
  }
}

const QUOTE = 34;

/** Blanks, and the no-break space that was meant as one (it is reported as a fault of its own). */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}
