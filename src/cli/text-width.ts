/** Columns that a text of the help takes: it is plain ASCII, apart from an ellipsis. Stands in for `string-width`. */
export default function textWidth(text: string): number {
  return text.length;
}
