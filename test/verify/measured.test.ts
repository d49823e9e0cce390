import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spansOf } from '../../src/verify/course.ts';
import { verificationOf } from '../../src/verify/measured.ts';
import { confidence } from '../../src/verify/measured-distribution.ts';
import type { Timeline } from '../../src/verify/timeline.ts';
import { distributionTimeline } from './distribution-timeline.ts';
import { failoverTimeline, type Story } from './failover-timeline.ts';
import { realServerTimeline } from './real-server-timeline.ts';

const measured = (timeline: Timeline) => {
  const [test] = verificationOf([{ name: 'a test', timeline }]).tests;
  if (test === undefined) throw new Error('one timeline is one test');
  return test;
};
const numberOf = (timeline: Timeline, what: string) =>
  measured(timeline).measures.find((measure) => measure.what === what);

describe('a failover', () => {
  test('gives what was expected and what was measured', () => {
    const timeline = failoverTimeline({ outage: 4000, outageAtReturn: 400, survivors: [3, 2] });
    expect(numberOf(timeline, 'takeover')).toMatchObject({
      expected: { least: 2609, most: 3609 },
      measured: 3100,
    });
    expect(numberOf(timeline, 'client outage')?.measured).toBe(4000);
    expect(numberOf(timeline, 'outage at return')?.measured).toBe(400);
    expect(numberOf(timeline, 'without a master')?.measured).toBe(3100);
    expect(numberOf(timeline, 'connections that survive')).toMatchObject({ measured: 2, of: 3 });
  });

  test('that never comes has no time, and its outage lasts until the undo brings the master back', () => {
    const timeline = failoverTimeline({ takeover: 'never' });
    expect(numberOf(timeline, 'takeover')).not.toHaveProperty('measured');
    expect(numberOf(timeline, 'client outage')?.measured).toBeGreaterThan(9000);
  });

  test('that only holds requests up costs the time without an answer', () => {
    const { moments, ...rest } = failoverTimeline({ outage: 0 });
    const held = moments.map((moment) =>
      'observed' in moment && moment.observed.kind === 'request' && moment.at >= 1000 && moment.at < 1600
        ? { ...moment, observed: { ...moment.observed, milliseconds: 1600 - moment.at } }
        : moment,
    );
    const timeline = { ...rest, moments: held };
    expect(numberOf(timeline, 'client outage')?.measured).toBe(600);
    expect(numberOf(failoverTimeline({ outage: 0 }), 'client outage')?.measured).toBe(0);
  });

  test('is drawn with its moments, and with the time that nobody was master', () => {
    const { course, phases } = measured(failoverTimeline({}));
    expect(course?.marks.map(({ what }) => what)).toEqual(['fault', 'takeover', 'undo', 'return']);
    const none = course?.lanes.find(({ label }) => label === 'no master');
    expect(none?.spans[0]).toEqual({ from: 1000, to: 4100 });
    expect(course?.lanes.find(({ label }) => label === 'two masters')?.spans).toEqual([]);
    expect(phases.map(({ name }) => name)).toEqual([
      'before the fault',
      'during the fault',
      'after the undo',
    ]);
    expect(phases[0]?.latency).toEqual({ median: 3, most95: 3, worst: 3 });
  });

  test('with two masters is drawn with them', () => {
    const { course } = measured(failoverTimeline({ keepsVip: true }));
    const both = course?.lanes.find(({ label }) => label === 'two masters')?.spans[0];
    expect((both?.to ?? 0) - (both?.from ?? 0)).toBeGreaterThan(5000);
  });
});

test('several failovers have a median, a worst one, and a price', () => {
  const stories: readonly Story[] = [{ takeover: 2700 }, { takeover: 3000 }, { takeover: 3600 }];
  const runs = stories.map((story, at) => ({ name: `run ${at}`, timeline: failoverTimeline(story) }));
  const { series } = verificationOf(runs, 10);
  expect(series?.figures).toContainEqual({ what: 'takeover', median: 3000, worst: 3600 });
  expect(series?.year).toEqual({ failovers: 10, median: 30_000, worst: 36_000 });
  expect(verificationOf([{ name: 'x', timeline: realServerTimeline({}) }]).series).toBeUndefined();
});

test('a failed real server gives the times of each director', () => {
  const timeline = realServerTimeline({});
  expect(numberOf(timeline, 'lb1 takes it out')).toMatchObject({ measured: 5000, within: 200 });
  expect(numberOf(timeline, 'lb2 takes it out')).toMatchObject({ measured: 5400 });
  expect(numberOf(timeline, 'lb1 puts it back')).toMatchObject({ measured: 4000 });
  expect(measured(timeline).course?.lanes[0]?.spans).toEqual([
    { from: 0, to: 6000 },
    { from: 19_000, to: 30_000 },
  ]);
});

test('a distribution gives shares, expected and measured', () => {
  const { shares } = measured(distributionTimeline({ '192.0.2.21:80': [3, 290], '192.0.2.22:80': [1, 110] }));
  expect(shares[0]).toMatchObject({ total: 400, units: 400 });
  expect(shares[0]?.servers[0]).toMatchObject({ count: 290, share: 0.725, expected: 0.75 });
});

describe('confidence', () => {
  test('is what the tables say', () => {
    // Wilson's interval of 81 in 263, by Newcombe (1998), table I.
    const { low, high } = confidence(81 / 263, 263);
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
    expect(confidence(0, 0)).toEqual({ low: 0, high: 1 });
  });

  test('holds the share, and stays between nothing and all', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, part) => {
          const share = Math.round(part * n) / n;
          const { low, high } = confidence(share, n);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(share + 1e-12);
          expect(high).toBeGreaterThanOrEqual(share - 1e-12);
        },
      ),
    );
  });
});

test('what is looked at again and again is so from the first such look to the first other one', () => {
  const looks = [
    [0, true],
    [1, true],
    [2, false],
    [5, true],
  ] as const;
  const spans = spansOf(
    looks.map(([at, isSo]) => ({ at, isSo })),
    9,
  );
  expect(spans).toEqual([
    { from: 0, to: 2 },
    { from: 5, to: 9 },
  ]);
});
