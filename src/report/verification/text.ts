import type { MeasuredTest, Series, Verification } from '../../judge/verification.ts';
import type { VerificationReporter } from '../context.ts';
import { newPage, type Page, text } from '../text.ts';
import { plainWords } from '../words.ts';
import { wrap } from '../wrap.ts';
import { tableLines } from './table-lines.ts';
import {
  aboutText,
  measureTable,
  phaseTable,
  seriesTable,
  shareTable,
  shareTitle,
  type Table,
  yearText,
} from './tables.ts';

/** For people: what was expected and what was measured, test by test; then what is wrong, as of any other judgement. */
export const verificationText: VerificationReporter = (verdict, context) =>
  [...verificationLines(context.verification, newPage(context)), text(verdict, context)].join('\n');

function verificationLines({ tests, series }: Verification, page: Page): readonly string[] {
  return [...tests.flatMap((test) => testLines(test, page)), ...(series ? seriesLines(series, page) : [])];
}

function testLines(test: MeasuredTest, page: Page): readonly string[] {
  return [
    ...wrap(plainWords(test.name), page.prose).map(page.paint.strong),
    ...wrap(`  ${aboutText(test)}`, page.prose, 0, 2).map(page.paint.faint),
    '',
    ...tableOf(measureTable(test), page),
    ...test.shares.flatMap((shares) => [
      ...wrap(`  ${shareTitle(shares)}`, page.prose, 0, 2),
      ...tableOf(shareTable(shares), page),
    ]),
    ...tableOf(phaseTable(test.phases), page),
  ];
}

function seriesLines(series: Series, page: Page): readonly string[] {
  return [...tableOf(seriesTable(series), page), ...wrap(yearText(series), page.prose), ''];
}

/** With faint titles, and an empty line behind it. */
function tableOf(table: Table, page: Page): readonly string[] {
  if (table.rows.length === 0) return [];
  const [titles = '', ...lines] = tableLines(table, page.prose);
  return [page.paint.faint(titles), ...lines, ''];
}
