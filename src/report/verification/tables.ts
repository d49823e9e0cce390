import type { MeasuredShares, MeasuredTest, Phase, Series } from '../../judge/verification.ts';
import { plainWords } from '../words.ts';
import { availability, duration, expectedText, measuredText, percent } from './numbers.ts';

/** What stands in columns, in a terminal and on a page alike. Cells are safe to print. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** A column: how it is called, and whether numbers stand in it. */
export interface Column {
  readonly title: string;
  readonly isNumber: boolean;
}

/** Expected and measured, a row for each number. */
export function measureTable({ measures }: MeasuredTest): Table {
  const rows = measures.map((measure) => [measure.what, expectedText(measure), measuredText(measure)]);
  return tableOf(['', 'expected', 'measured'], [], rows);
}

/** The servers of one service. */
export function shareTable({ servers }: MeasuredShares): Table {
  const rows = servers.map(({ server, weight, count, expected, share, low, high }) => [
    server,
    String(weight),
    String(count),
    expected === undefined ? '' : percent(expected),
    percent(share),
    `${percent(low)} to ${percent(high)}`,
  ]);
  return tableOf([''], ['weight', 'count', 'expected', 'measured', '95 % confidence'], rows);
}

/** What a share table is of: `TCP 192.0.2.10:80, sh, 640 connections, 64 client addresses`. */
export function shareTitle({ service, scheduler, unit, units, total }: MeasuredShares): string {
  const clients = unit === 'client addresses' ? `, ${units} ${unit}` : '';
  return plainWords(`${service}, ${scheduler}, ${total} connections${clients}`);
}

/** How requests fared before, during and after. */
export function phaseTable(phases: readonly Phase[]): Table {
  const rows = phases.map(({ name, requests, answered, latency }) => [
    name,
    `${answered} of ${requests}`,
    ...(latency === undefined
      ? ['', '', '']
      : [duration(latency.median), duration(latency.most95), duration(latency.worst)]),
  ]);
  return tableOf(['latency'], ['answered', 'median', '95 %', 'slowest'], rows);
}

/** Several failovers in one; of a single one the other table says it already. */
export function seriesTable({ runs, figures }: Series): Table {
  const rows = figures.map(({ what, median, worst }) => [what, duration(median), duration(worst)]);
  return tableOf([`${runs} failovers`], ['median', 'worst'], runs > 1 ? rows : []);
}

/** What so many failovers a year cost, and what they leave of it. */
export function yearText({ year: { failovers, median, worst } }: Series): string {
  const cost = (downtime: number) => `${duration(downtime)} (${availability(downtime)} availability)`;
  const such = `${failovers} such ${failovers === 1 ? 'failover' : 'failovers'} a year would cost clients`;
  return duration(median) === duration(worst)
    ? `${such} ${cost(worst)}`
    : `${such} ${cost(median)}, at worst ${cost(worst)}`;
}

/** What was done and when: `crash of lb1, lb2 takes over; 2026-01-05 03:00:12 UTC`. */
export function aboutText({ about, startedAt }: MeasuredTest): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(startedAt) ?? [];
  return plainWords(`${about}; ${day === undefined ? startedAt : `${day} ${time} UTC`}`);
}

function tableOf(words: readonly string[], numbers: readonly string[], rows: Table['rows']): Table {
  return {
    columns: [
      ...words.map((title) => ({ title, isNumber: false })),
      ...numbers.map((title) => ({ title, isNumber: true })),
    ],
    rows: rows.map((row) => row.map(plainWords)),
  };
}
