import type { Range } from '../../src/evidence/place.ts';

/** Where a word stands, from the start of the source. */
export interface Span extends Range {
  readonly text: string;
}

/** A part of a span. */
export function part(span: Span, from: number, to: number): Span {
  return { text: span.text.slice(from, to), start: span.start + from, end: span.start + to };
}

/**
 * A part of a line without the blanks around it, as isspace(3) tells blanks in the C locale. Behind `-` they stay: no
 * program skips them there.
 */
export function trimmed(text: string, start: number, from: number, to: number, keepFirst = false): Span {
  let first = from;
  let last = to;
  while (!keepFirst && first < last && isBlank(text.charCodeAt(first))) first++;
  while (last > first && isBlank(text.charCodeAt(last - 1))) last--;
  return part({ text, start, end: start + text.length }, first, last);
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}
