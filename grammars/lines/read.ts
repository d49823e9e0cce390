import type { Located } from '../../src/evidence/fact.ts';
import type { Source } from '../../src/evidence/source.ts';
import { Spot } from '../value.ts';

/** A line that a program printed, with the means to say where a part of it stands. */
export interface PrintedLine extends Located {
  readonly text: string;
  /** The part that begins with the column `from`. */
  part(from: number, length: number): Located;
}

/** The lines of a listing that has one thing a line, blank ones left out. */
export function readLines(source: Source): readonly PrintedLine[] {
  const { text } = source;
  const lines: PrintedLine[] = [];
  for (let start = 0; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    const line = text.slice(start, end).trimEnd();
    if (line !== '') lines.push(lineAt(source, start, line));
    start = end + 1;
  }
  return lines;
}

function lineAt(source: Source, start: number, text: string): PrintedLine {
  const indent = text.length - text.trimStart().length;
  return {
    text,
    get place() {
      return new Spot(source, start + indent, start + text.length).place;
    },
    part: (from, length) => new Spot(source, start + from, start + from + length),
  };
}
