import type { Range } from './place.ts';

/** A place as people count: line and column from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const carriageReturn = 13;

/** Line starts of a text, found once, so that each look-up is a binary search. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  positionAt(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** Where a line (from 1) stands, without its line end; empty at the end of the text past the last line. */
  lineRange(line: number): Range {
    const start = this.#starts[line - 1];
    if (start === undefined) return { start: this.#text.length, end: this.#text.length };
    const next = this.#starts[line];
    const end = next === undefined ? this.#text.length : next - 1;
    const bare = end > start && this.#text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
    return { start, end: bare };
  }

  /** The text of a line (from 1) without its line end; empty past the last line. */
  lineText(line: number): string {
    const { start, end } = this.lineRange(line);
    return this.#text.slice(start, end);
  }

  get lineCount(): number {
    return this.#starts.length;
  }
}

const indexes = new WeakMap<object, LineIndex>();

/** The line index of anything that holds a text (a source), built at most once. */
export function linesOf(source: { readonly text: string }): LineIndex {
  let index = indexes.get(source);
  if (index === undefined) {
    index = new LineIndex(source.text);
    indexes.set(source, index);
  }
  return index;
}
