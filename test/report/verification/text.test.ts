import { describe, expect, test } from 'vitest';
import { widthOf } from '../../../src/report/cells.ts';
import {
  availability,
  duration,
  expectedText,
  measuredText,
} from '../../../src/report/verification/numbers.ts';
import { verificationText } from '../../../src/report/verification/text.ts';
import { reported, timelines } from './samples.ts';

const report = verificationText(...reported(timelines));

test('expected and measured stand side by side', () => {
  expect(report).toMatch(/^ {2}takeover +2\.61 s to 3\.61 s +3\.1 s$/m);
  expect(report).toMatch(/^ {2}connections that survive +3 of 3$/m);
  expect(report).toMatch(/^ {2}lb1 takes it out +1 s to 7 s +5 s ± 200 ms$/m);
  expect(report).toMatch(/^ {2}192\.0\.2\.21:80 +3 +300 +75\.0 % +75\.0 % +70\.5 % to 79\.0 %$/m);
  expect(report).toMatch(/^ {2}takeover +3\.3 s +3\.5 s$/m);
  expect(report).toMatch(/^12 such failovers a year would cost clients .* availability\)/m);
});

test('findings follow, and the line of counts is the last one', () => {
  expect(report.indexOf('verify/two-masters')).toBeGreaterThan(report.indexOf('such failovers a year'));
  expect(report.trimEnd().split('\n').at(-1)).toMatch(/^1 error, \d warnings?$/);
});

test.each([80, 120])('%i columns are enough', (width) => {
  for (const line of verificationText(...reported(timelines, width)).split('\n'))
    expect(widthOf(line), line).toBeLessThanOrEqual(width);
});

test('the whole of it', async () => {
  await expect(report).toMatchFileSnapshot('verification.txt');
});

describe('numbers', () => {
  test.each([
    [0, '0 ms'],
    [0.123, '0.123 ms'],
    [61.4, '61.4 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [3609.375, '3.61 s'],
    [119_499, '119 s'],
    [119_500, '2 min'],
    [125_000, '2 min 5 s'],
    [7_200_000, '2 h'],
    [7_260_000, '2 h 1 min'],
  ])('%d ms is %s', (milliseconds, expected) => {
    expect(duration(milliseconds)).toBe(expected);
  });

  test.each([
    [0, '100 %'],
    [315_576, '99.9990 %'],
    [31_557_600, '99.90 %'],
    [31_557_600_000, '0 %'],
    [9e15, '0 %'],
  ])('%d ms of a year leave %s', (downtime, expected) => {
    expect(availability(downtime)).toBe(expected);
  });

  test('what is expected has words for every kind', () => {
    const words = (expected: { least?: number; most?: number }) =>
      expectedText({ what: 'x', unit: 'milliseconds', expected });
    expect(
      [{}, { most: 0 }, { most: 5 }, { least: 5 }, { least: 5, most: 5 }, { least: 5, most: 6 }].map(words),
    ).toEqual(['', 'none', 'at most 5 ms', 'at least 5 ms', '5 ms', '5 ms to 6 ms']);
    expect(measuredText({ what: 'x', unit: 'milliseconds' })).toBe('not seen');
  });
});
