import type { FrameLine, LineMark } from '../evidence/frame.ts';
import type { Source } from '../evidence/source.ts';
import { type Cell, cellsOf } from './cells.ts';
import { maskedSlice } from './mask.ts';

/** A mark as drawn: columns from the start of the drawn line, half-open. */
export interface DrawnMark {
  readonly mark: LineMark;
  readonly from: number;
  readonly to: number;
}

/** A line of foreign text, safe and masked, with its marks from left to right. */
export interface DrawnLine {
  readonly text: string;
  readonly marks: readonly DrawnMark[];
}

/** A line of a frame in at most `room` columns: whole where it fits, else around its marks, as often as they need. */
export function drawLine(source: Source, line: FrameLine, room: number): readonly DrawnLine[] {
  const lines: DrawnLine[] = [];
  for (let done = 0; done < line.marks.length; ) {
    const drawn = drawFrom(source, line, done, room);
    lines.push(drawn);
    done += drawn.marks.length;
  }
  return lines;
}

/** Draws what surrounds one mark, and the marks behind it that are seen with it. Looks at no more than a few rooms. */
function drawFrom(source: Source, line: FrameLine, first: number, room: number): DrawnLine {
  const { start, end } = line.range;
  const anchor = start + (line.marks[first]?.start ?? 0);
  const window = {
    start: wholeCharacter(source.text, Math.max(start, anchor - room * 2)),
    end: wholeCharacter(source.text, Math.min(end, anchor + room * 4)),
  };
  const cells = cellsOf(maskedSlice(source, window));
  const stops = stopsOf(cells);
  const marks: DrawnMark[] = [];
  for (const mark of line.marks.slice(first)) {
    if (mark.start > window.end - start) break;
    marks.push({
      mark,
      ...columnsAt(cells, stops, mark.start + start - window.start, mark.end + start - window.start),
    });
  }
  return clipped({ cells, stops, marks, cutBefore: window.start > start, cutAfter: window.end < end }, room);
}

interface Window {
  readonly cells: readonly Cell[];
  /** Where each cell begins, and behind the last one where the text ends. */
  readonly stops: readonly number[];
  readonly marks: readonly DrawnMark[];
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** Keeps the first mark and what surrounds it, with `…` where text is left out. */
function clipped({ cells, stops, marks, cutBefore, cutAfter }: Window, room: number): DrawnLine {
  const total = stops.at(-1) ?? 0;
  if (!cutBefore && !cutAfter && total <= room) return { text: textOf(cells), marks };
  const anchor = marks[0] ?? { from: 0, to: 1 };
  const begin = firstCell(stops, cutBefore, cutAfter, anchor, room);
  const lead = begin > 0 || cutBefore ? 1 : 0;
  const shift = lead - (stops[begin] ?? 0);
  let end = begin;
  while (end < cells.length && (stops[end + 1] ?? 0) + shift < room) end += 1;
  if (!cutAfter && total + shift <= room) end = cells.length;
  const cutHere = end < cells.length || cutAfter;
  const last = (stops[end] ?? total) + shift;
  const shifted = marks.map(({ mark, from, to }) => ({ mark, from: from + shift, to: to + shift }));
  const unseen = shifted.findIndex(({ to }, at) => at > 0 && to > last);
  const seen = shifted
    .slice(0, unseen === -1 ? undefined : unseen)
    .map((drawn) => ({ ...drawn, to: Math.max(Math.min(drawn.to, last), drawn.from + 1) }));
  return { text: `${lead ? '…' : ''}${textOf(cells.slice(begin, end))}${cutHere ? '…' : ''}`, marks: seen };
}

/** The line's start while its mark is seen from there; else a third of the room stands before the mark. */
function firstCell(
  stops: readonly number[],
  cutBefore: boolean,
  cutAfter: boolean,
  { from, to }: { readonly from: number; readonly to: number },
  room: number,
): number {
  if (!cutBefore && Math.min(to, from + room / 2) < room) return 0;
  const wanted = Math.max(0, from - Math.floor(room / 3));
  const latest = cutAfter ? wanted : Math.max(0, (stops.at(-1) ?? 0) - room + 1);
  return Math.max(
    0,
    stops.findIndex((stop) => stop >= Math.min(wanted, latest)),
  );
}

function stopsOf(cells: readonly Cell[]): readonly number[] {
  const stops = [0];
  let column = 0;
  for (const { width } of cells) {
    column += width;
    stops.push(column);
  }
  return stops;
}

/** The columns of a range of the text; a place behind its end is one column wide. */
function columnsAt(cells: readonly Cell[], stops: readonly number[], start: number, end: number) {
  const total = stops.at(-1) ?? 0;
  const first = cells.findIndex((cell) => cell.end > start);
  if (first === -1) return { from: total, to: total + 1 };
  const behind = cells.findIndex((cell) => cell.start >= end);
  const from = stops[first] ?? 0;
  return { from, to: Math.max(stops[behind === -1 ? cells.length : behind] ?? total, from + 1) };
}

function textOf(cells: readonly Cell[]): string {
  return cells
    .map(({ text }) => text)
    .join('')
    .trimEnd();
}

/** Not between the halves of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at;
}
