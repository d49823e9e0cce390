import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianAndWorst, outagesOf, type Request } from '../../src/verify/outage.ts';

/** One request every 20 ms: `.` answered, `s` answered late, `x` refused, `t` no answer. */
function requests(marks: string): readonly Request[] {
  return [...marks].map((mark, at) => ({
    kind: 'request',
    service: 'web',
    at: at * 20,
    moment: at,
    within: 0,
    outcome: mark === 'x' ? 'refused' : mark === 't' ? 'timeout' : 'answered',
    milliseconds: mark === 's' ? 1200 : 3,
  }));
}

test.each([
  ['....', []],
  ['..xx...', [{ from: 40, to: 80, failed: 2, hung: 0 }]],
  ['..xt.x.s...', [{ from: 40, to: 160, failed: 2, hung: 2 }]],
  [
    '..x...x...',
    [
      { from: 40, to: 60, failed: 1, hung: 0 },
      { from: 120, to: 140, failed: 1, hung: 0 },
    ],
  ],
  ['..xx', [{ from: 40, to: undefined, failed: 2, hung: 0 }]],
  ['..xx..', [{ from: 40, to: 80, failed: 2, hung: 0 }]],
])('%s', (marks, outages) => {
  expect(outagesOf('web', requests(marks))).toEqual(
    outages.map((outage) => ({ service: 'web', moment: outage.from / 20, ...outage })),
  );
});

test('requests to other services do not count', () => {
  expect(outagesOf('mail', requests('xxxx'))).toEqual([]);
});

test('every request that went wrong is counted once, in an outage around it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('.', '.', 's', 'x', 't'), { maxLength: 60 }), (marks) => {
      const all = requests(marks.join(''));
      const outages = outagesOf('web', all);
      const bad = marks.filter((mark) => mark !== '.').length;
      expect(outages.reduce((sum, { failed, hung }) => sum + failed + hung, 0)).toBe(bad);
      for (const [at, { from, to = Number.POSITIVE_INFINITY }] of outages.entries()) {
        expect(to).toBeGreaterThan(from);
        expect(outages[at + 1]?.from ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(to);
      }
    }),
  );
});

test('of an even number of runs the median lies between the middle two', () => {
  expect(medianAndWorst([4, 1, 3, 2])).toEqual({ median: 2.5, worst: 4 });
  expect(medianAndWorst([5])).toEqual({ median: 5, worst: 5 });
  expect(medianAndWorst([])).toBeUndefined();
});
