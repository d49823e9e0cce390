import { linesOf } from './lines.ts';
import type { Place, Range } from './place.ts';
import type { Source } from './source.ts';

/** Where a place begins and ends, as people count; the end is the first column behind it. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A place that a reader is to look at: the one a finding is about, or one that explains it. */
export interface Mark {
  readonly at: Place;
  readonly label: string;
  readonly main: boolean;
}

/** The part of a mark that stands on its first line, in offsets from that line's start; never empty. */
export interface LineMark extends Range {
  readonly mark: Mark;
}

export interface FrameLine {
  readonly number: number;
  /** The line in its source's text, without its end. */
  readonly range: Range;
  /** From left to right. */
  readonly marks: readonly LineMark[];
}

/** What to show of one source: its marked lines from top to bottom, and the position that stands for them all. */
export interface Frame extends Span {
  readonly source: Source;
  readonly lines: readonly FrameLine[];
}

/** Counts the lines and columns of a place; offsets outside the text count as its ends. */
export function spanOf(place: Place): Span {
  const lines = linesOf(place.source);
  const { start, end } = inside(place);
  const first = lines.positionAt(start);
  const last = lines.positionAt(end);
  return { line: first.line, column: first.column, endLine: last.line, endColumn: last.column };
}

/** One frame for each source, in the order in which the marks first name them. */
export function framesOf(marks: readonly Mark[]): readonly Frame[] {
  return [...grouped(marks, (mark) => mark.at.source)].map(([source, own]) => frameOf(source, own));
}

function frameOf(source: Source, marks: readonly Mark[]): Frame {
  const spans = new Map(marks.map((mark) => [mark, spanOf(mark.at)]));
  const lines = [...grouped(marks, (mark) => spans.get(mark)?.line ?? 1)]
    .sort(([a], [b]) => a - b)
    .map(([number, own]) => {
      const range = linesOf(source).lineRange(number);
      const onLine = own.map((mark) => ({ mark, ...clip(mark.at, range) }));
      return { number, range, marks: onLine.sort((a, b) => a.start - b.start || b.end - a.end) };
    });
  const leader = marks.find((mark) => mark.main) ?? lines[0]?.marks[0]?.mark;
  const span = leader && spans.get(leader);
  return { source, line: 1, column: 1, endLine: 1, endColumn: 1, ...span, lines };
}

function clip(place: Place, line: Range): Range {
  const whole = inside(place);
  const start = Math.min(whole.start, line.end);
  let end = Math.min(whole.end, line.end);
  if (end < whole.end) while (end > start && isBlank(place.source.text.charCodeAt(end - 1))) end -= 1;
  return { start: start - line.start, end: Math.max(end, start + 1) - line.start };
}

function inside({ source, range }: Place): Range {
  const start = Math.min(Math.max(range.start, 0), source.text.length);
  return { start, end: Math.min(Math.max(range.end, start), source.text.length) };
}

function grouped<K, T>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
