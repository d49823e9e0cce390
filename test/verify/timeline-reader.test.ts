import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verificationHtml } from '../../src/report/html/verification.ts';
import { verificationText } from '../../src/report/verification/text.ts';
import { judgeTimelines } from '../../src/verify/judged-timelines.ts';
import { verificationOf } from '../../src/verify/measured.ts';
import type { Timeline } from '../../src/verify/timeline.ts';
import { readTimelines } from '../../src/verify/timeline-reader.ts';
import { verdictOf } from '../../src/verify/told.ts';
import { plain } from '../report/samples.ts';
import { SEED } from '../support/seed.ts';
import { distributionTimeline } from './distribution-timeline.ts';
import { failoverTimeline } from './failover-timeline.ts';
import { realServerTimeline } from './real-server-timeline.ts';

/** Few moments, so that a change meets the ones that count. */
const short = ({ moments, ...rest }: Timeline): Timeline => ({
  ...rest,
  moments: moments.filter((moment, at) => 'did' in moment || at % 40 === 0),
});
const samples: readonly Timeline[] = [
  failoverTimeline({}),
  realServerTimeline({}),
  distributionTimeline({ '192.0.2.21:80': [3, 30], '192.0.2.22:80': [1, 10] }),
];

const why = (value: unknown) => {
  const read = readTimelines(typeof value === 'string' ? value : JSON.stringify(value));
  return 'why' in read ? read.why : undefined;
};

describe('a timeline is read', () => {
  test.each(samples)('of $test, as it was written', (timeline) => {
    expect(readTimelines(JSON.stringify(timeline))).toEqual({ timelines: [timeline] });
  });

  test('alone or in a list', () => {
    expect(readTimelines(JSON.stringify(samples))).toEqual({ timelines: samples });
  });
});

describe('what is no timeline is refused, with the place', () => {
  const [failover] = samples as [Timeline];
  test.each<readonly [string, unknown, string]>([
    ['no JSON', '{', 'it is no JSON'],
    ['an empty list', [], 'it holds no timeline'],
    ['a number', 1, 'it is not what a timeline has there'],
    ['a later one', { ...failover, schemaVersion: 2 }, 'its schemaVersion is 2, this release knows 1'],
    ['another test', { ...failover, test: 'toString' }, 'test is not what a timeline has there'],
    ['no plan', { ...failover, plan: null }, 'plan is not what a timeline has there'],
    [
      'a plan of another test',
      { ...failover, test: 'real-server' },
      'plan.fault is not what a timeline has there',
    ],
    [
      'an endless time',
      JSON.stringify({ ...failover, moments: [{ at: 0, did: 'x', step: 'note' }] }).replace(
        '"at":0',
        '"at":1e999',
      ),
      'moments[0].at is not what a timeline has there',
    ],
    [
      'an unknown observation',
      { ...failover, moments: [{ at: 0, observed: { kind: 'ghost' } }] },
      'moments[0].observed.kind is not what a timeline has there',
    ],
  ])('%s', (_, value, expected) => {
    expect(why(value)).toBe(expected);
  });
});

/** Every place of a value, as a path. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]));
  return [path, ...below];
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string | number, unknown>)[key] = replaced(
    (value as Record<string | number, unknown>)[key],
    rest,
    by,
  );
  return copy;
}

const odd = fc.constantFrom<unknown>(
  0,
  -1,
  0.5,
  1e15,
  -1e15,
  1e300,
  '',
  '\u001b[31m',
  '<script>',
  '__proto__',
  'x'.repeat(300),
  '[::',
  true,
  null,
  [],
  {},
  [[]],
);

describe.each(samples.map((sample) => short(sample)))(
  'a timeline of $test with anything in any place',
  (timeline) => {
    const paths = pathsOf(timeline);

    test('is refused, or judged and reported', () => {
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.constantFrom(...paths), odd), { minLength: 1, maxLength: 3 }),
          (changes) => {
            let value: unknown = timeline;
            for (const [path, by] of changes) {
              try {
                value = replaced(value, path, by);
              } catch {
                // The place went away with the change before.
              }
            }
            const read = readTimelines(JSON.stringify(value));
            if ('why' in read) return;
            const judged = judgeTimelines(read.timelines);
            const context = { ...plain, verification: verificationOf(judged) };
            const verdict = verdictOf(judged, {});
            expect(verificationText(verdict, context)).not.toContain('\u001b');
            const page = verificationHtml(verdict, context);
            expect(page).not.toMatch(/NaN|Infinity|<script>/);
          },
        ),
        { numRuns: 300, seed: SEED },
      );
    });
  },
);
