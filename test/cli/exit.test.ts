import { expect, test } from 'vitest';
import { EXIT, exitCodeOf } from '../../src/cli/exit.ts';

const fine = { findings: false, missed: false, broken: false, exitZero: false };

test('the numbers are a promise to scripts', () => {
  expect(EXIT).toEqual({ clean: 0, findings: 1, wrongUse: 2, notJudged: 3, failed: 4, stopped: 5 });
});

test.each([
  [fine, 0],
  [{ ...fine, findings: true }, 1],
  [{ ...fine, findings: true, exitZero: true }, 0],
  [{ ...fine, findings: true, missed: true }, 3],
  [{ ...fine, missed: true, exitZero: true }, 3],
  [{ ...fine, findings: true, missed: true, broken: true }, 4],
  [{ ...fine, broken: true, exitZero: true }, 4],
])('%j ends with %i', (outcome, code) => {
  expect(exitCodeOf(outcome)).toBe(code);
});
