import type { Place, Range } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';
import { placeOf, type Word, wordAt } from '../tree.ts';

/** What every ignore holds: a text without it has none. */
const MARK = 'lvsdoctor';

/** A comment that answers for findings: `# lvsdoctor ignore RULE, RULE: reason`. */
export interface Ignore {
  /** From the sign to the end of the comment. */
  readonly place: Place;
  /** The rules, as they are written. */
  readonly names: readonly Word[];
  /** Empty where none is given: then the comment does not count. */
  readonly reason: string;
  /** What it answers for; undefined where no statement follows. */
  readonly covers: Range | undefined;
  /** Without it and the blanks around it the text says the same: the whole line where it stands alone. */
  readonly removable: Range;
}

/** A comment as a format has it, without its line end. */
export interface Comment extends Range {
  /** Nothing stands before it on its line. */
  readonly isAlone: boolean;
}

/** Whether a text is worth a second look. */
export function mayHoldIgnores(text: string): boolean {
  return text.includes(MARK);
}

/** `#`, `!` or `;`, once or several times, then the words. What stands before a colon are rules, what stands behind it the reason. */
const DIRECTIVE = /^[#!;]+[ \t]*lvsdoctor[ \t]+ignore(?![\w-])([^:]*)(?::\s*(.*))?$/s;
/** Where the colon is forgotten, the names end before the first word that is none. */
const NAMES = /^(?:[\s,]*[^\s,]+\/[^\s,]*)*/;

/** What a comment answers for; undefined for any other comment. */
export function ignoreIn(source: Source, comment: Comment, covers: Range | undefined): Ignore | undefined {
  const text = source.text.slice(comment.start, comment.end).trimEnd();
  const [, words, reason] = DIRECTIVE.exec(text) ?? [];
  if (words === undefined) return undefined;
  const from = comment.start + text.indexOf('ignore') + 'ignore'.length;
  const list = reason === undefined ? (NAMES.exec(words)?.[0] ?? '') : words;
  const names = [...list.matchAll(/[^\s,]+/g)].map(({ 0: name, index }) =>
    wordAt(source, name, from + index, from + index + name.length),
  );
  return {
    place: placeOf(source, comment.start, comment.start + text.length),
    names,
    reason: reason ?? '',
    covers,
    removable: removableOf(source.text, { ...comment, end: comment.start + text.length }),
  };
}

/** The start of the line that holds an offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The end of the line that holds an offset, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

function removableOf(text: string, { start, end, isAlone }: Comment): Range {
  if (isAlone) {
    const next = text.indexOf('\n', end);
    return { start: lineStart(text, start), end: next === -1 ? text.length : next + 1 };
  }
  let from = start;
  while (/[ \t]/.test(text[from - 1] ?? '')) from--;
  return { start: from, end };
}
