/** A text with `<|…|>` around what a finding is expected to point at. */
export interface Marked {
  readonly text: string;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

/** Takes the marks out of a text and says where they stood. Marks do not nest. */
export function readMarks(marked: string): Marked {
  let text = '';
  const ranges: { start: number; end: number }[] = [];
  let from = 0;
  for (const { index, 1: inside = '' } of marked.matchAll(/<\|([\s\S]*?)\|>/g)) {
    text += marked.slice(from, index);
    ranges.push({ start: text.length, end: text.length + inside.length });
    text += inside;
    from = index + inside.length + 4;
  }
  return { text: text + marked.slice(from), ranges };
}

/** Puts marks into a text: a failing test shows the file with the marks where they really are. */
export function writeMarks({ text, ranges }: Marked): string {
  let out = '';
  let from = 0;
  for (const { start, end } of ranges.toSorted(
    (one, other) => one.start - other.start || one.end - other.end,
  )) {
    out += `${text.slice(from, start)}<|${text.slice(start, end)}|>`;
    from = end;
  }
  return out + text.slice(from);
}
