import { widthOf } from '../cells.ts';
import { plainWords } from '../words.ts';
import { wrap } from '../wrap.ts';

const GAP = 2;
const INDENT = '  ';

/** A column: how it is called, and whether numbers stand in it. */
export interface Column {
  readonly title: string;
  readonly isNumber?: true;
}

/**
 * Rows as lines of at most `width` columns, below their titles; where they are too wide for that, the first column is
 * broken into several lines.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const all = [columns.map(({ title }) => title), ...rows.map((row) => row.map(plainWords))];
  const widths = columns.map((_, at) => Math.max(...all.map((row) => widthOf(row[at] ?? ''))));
  const others = widths.slice(1).reduce((sum, each) => sum + each + GAP, INDENT.length);
  const first = Math.max(8, Math.min(widths[0] ?? 0, width - others));
  return all.flatMap((row) => {
    const [head = '', ...more] = wrap(row[0] ?? '', first, 0, 1);
    const cells = [head, ...row.slice(1)].map((cell, at) => {
      const blank = ' '.repeat(Math.max(0, (at === 0 ? first : (widths[at] ?? 0)) - widthOf(cell)));
      return columns[at]?.isNumber ? blank + cell : cell + blank;
    });
    return [`${INDENT}${cells.join(' '.repeat(GAP))}`.trimEnd(), ...more.map((line) => INDENT + line)];
  });
}
