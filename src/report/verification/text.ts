import type { MeasuredShares, MeasuredTest, Phase, Series, Verification } from '../../judge/verification.ts';
import type { VerificationReporter } from '../context.ts';
import { sanitize } from '../sanitize.ts';
import { newPage, type Page, text } from '../text.ts';
import { plainWords } from '../words.ts';
import { wrap } from '../wrap.ts';
import { availability, duration, expectedText, measuredText, percent } from './numbers.ts';
import { type Column, tableLines } from './table.ts';

/** For people: what was expected and what was measured, test by test; then what is wrong, as of any other judgement. */
export const verificationText: VerificationReporter = (verdict, context) =>
  `${verificationLines(context.verification, newPage(context)).join('\n')}\n${text(verdict, context)}`;

function verificationLines({ tests, series }: Verification, page: Page): readonly string[] {
  return [...tests.flatMap((test) => testLines(test, page)), ...(series ? seriesLines(series, page) : [])];
}

function testLines(test: MeasuredTest, page: Page): readonly string[] {
  return [
    ...wrap(plainWords(test.name), page.prose).map(page.paint.strong),
    ...wrap(`  ${plainWords(test.about)}, ${startText(test)}`, page.prose, 0, 2).map(page.paint.faint),
    '',
    ...measureLines(test, page),
    ...test.shares.flatMap((shares) => shareLines(shares, page)),
    ...phaseLines(test.phases, page),
  ];
}

/** `2026-01-05 03:00:12 UTC`; what is no such time stays as it is. */
export function startText({ startedAt }: MeasuredTest): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(startedAt) ?? [];
  return day === undefined ? sanitize(startedAt) : `${day} ${time} UTC`;
}

/** A table with faint titles, and an empty line behind it. */
function drawn(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  page: Page,
): readonly string[] {
  if (rows.length === 0) return [];
  const [titles = '', ...lines] = tableLines(columns, rows, page.prose);
  return [page.paint.faint(titles), ...lines, ''];
}

function measureLines({ measures }: MeasuredTest, page: Page): readonly string[] {
  const rows = measures.map((measure) => [measure.what, expectedText(measure), measuredText(measure)]);
  return drawn([{ title: '' }, { title: 'expected' }, { title: 'measured' }], rows, page);
}

function shareLines({ service, scheduler, unit, units, total, servers }: MeasuredShares, page: Page) {
  const amount = unit === 'client addresses' ? `, ${units} ${unit}` : '';
  const heading = `${plainWords(service)}, ${plainWords(scheduler)}, ${total} connections${amount}`;
  const rows = servers.map(({ server, weight, count, expected, share, low, high }) => [
    server,
    String(weight),
    String(count),
    expected === undefined ? '' : percent(expected),
    percent(share),
    `${percent(low)} to ${percent(high)}`,
  ]);
  const columns: readonly Column[] = [
    { title: '' },
    { title: 'weight', isNumber: true },
    { title: 'count', isNumber: true },
    { title: 'expected', isNumber: true },
    { title: 'measured', isNumber: true },
    { title: '95 % confidence', isNumber: true },
  ];
  return [...wrap(`  ${heading}`, page.prose, 0, 2), ...drawn(columns, rows, page)];
}

function phaseLines(phases: readonly Phase[], page: Page): readonly string[] {
  const rows = phases.map(({ name, requests, answered, latency }) => [
    name,
    `${answered} of ${requests}`,
    ...(latency === undefined
      ? ['', '', '']
      : [duration(latency.median), duration(latency.most95), duration(latency.worst)]),
  ]);
  const titles = ['answered', 'median', '95 %', 'slowest'];
  return drawn([{ title: '' }, ...titles.map((title) => ({ title, isNumber: true }) as const)], rows, page);
}

function seriesLines({ runs, figures, year }: Series, page: Page): readonly string[] {
  const rows = figures.map(({ what, median, worst }) => [what, duration(median), duration(worst)]);
  const table = drawn(
    [{ title: `${runs} failovers` }, { title: 'median', isNumber: true }, { title: 'worst', isNumber: true }],
    rows,
    page,
  );
  return [...(runs > 1 ? table : []), ...wrap(yearText(year), page.prose), ''];
}

/** What so many failovers a year cost, and what they leave of it. */
export function yearText({ failovers, median, worst }: Series['year']): string {
  const cost = (downtime: number) => `${duration(downtime)} (${availability(downtime)} availability)`;
  const such = `${failovers} such ${failovers === 1 ? 'failover' : 'failovers'} a year`;
  if (duration(median) === duration(worst)) return `${such} would cost clients ${cost(worst)}`;
  return `${such} would cost clients ${cost(median)}, at worst ${cost(worst)}`;
}
