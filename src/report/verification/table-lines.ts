import { widthOf } from '../cells.ts';
import { wrap } from '../wrap.ts';
import type { Table } from './tables.ts';

const GAP = 2;
const INDENT = '  ';
const NARROWEST = 8;

/**
 * A table as lines of at most `width` columns, titles first; where it is too wide for that, the first column is broken
 * into several lines.
 */
export function tableLines({ columns, rows }: Table, width: number): readonly string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, at) => Math.max(...all.map((row) => widthOf(row[at] ?? ''))));
  const others = widths.slice(1).reduce((sum, each) => sum + each + GAP, INDENT.length);
  const first = Math.max(NARROWEST, Math.min(widths[0] ?? 0, width - others));
  return all.flatMap((row) => {
    const [head = '', ...more] = wrap(row[0] ?? '', first, 0, 1);
    const cells = [head, ...row.slice(1)].map((cell, at) => {
      const blank = ' '.repeat(Math.max(0, (at === 0 ? first : (widths[at] ?? 0)) - widthOf(cell)));
      return columns[at]?.isNumber ? blank + cell : cell + blank;
    });
    return [`${INDENT}${cells.join(' '.repeat(GAP))}`.trimEnd(), ...more.map((line) => INDENT + line)];
  });
}
