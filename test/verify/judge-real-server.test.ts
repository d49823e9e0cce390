import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeRealServer } from '../../src/verify/judge-real-server.ts';
import { realServerTimeline, type Story } from './real-server-timeline.ts';

const judged = (story: Story) =>
  judgeRealServer(realServerTimeline(story)).told.map(({ outcome, host }) => `${outcome} ${host}`);

describe('a failure as theory has it gives nothing', () => {
  test.each<readonly [string, Story]>([
    ['both directors take it out', {}],
    ['with inhibit_on_failure it stays with weight 0', { plan: { isKept: true }, isWeightZero: true }],
    ['nothing was open elsewhere', { others: [0, 0] }],
  ])('%s', (_, story) => {
    expect(judged(story)).toEqual([]);
  });

  test('wherever in its window it is taken out and put back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 7000 }),
        fc.integer({ min: 0, max: 9000 }),
        (removal, comeback) => {
          expect(judged({ removals: [removal, removal], comebacks: [comeback, comeback] })).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

test.each<readonly [string, Story, readonly string[]]>([
  [
    'it stays in',
    { removals: [99_000, 99_000], comebacks: [-99_000, -99_000] },
    ['verify/server-not-removed lb1', 'verify/server-not-removed lb2'],
  ],
  [
    'the backup does not check',
    { removals: [5000, 99_000], comebacks: [4000, -99_000] },
    ['verify/server-not-removed lb2'],
  ],
  ['late', { removals: [9000, 5000] }, ['verify/removal-late lb1']],
  ['requests fail when it is out', { failsWhenOut: true }, ['verify/failures-after-removal lb1']],
  ['other connections break', { others: [4, 1] }, ['verify/others-disturbed lb1']],
  ['it is not put back', { comebacks: [99_000, 4000] }, ['verify/server-not-put-back lb1']],
  ['it is put back late', { comebacks: [11_000, 4000] }, ['verify/server-back-late lb1']],
  ['the undo is not confirmed', { isUndone: false }, ['verify/undo-unconfirmed web1']],
])('%s', (_, story, outcomes) => {
  expect(judged(story)).toEqual(outcomes);
});

test('what was expected and what was measured stand side by side', () => {
  expect(judgeRealServer(realServerTimeline({})).notes).toEqual([
    'lb1 takes 192.0.2.21:80 out after 5 s (±0.2 s), expected 1 s to 7 s',
    'lb1 puts it back after 4 s (±0.2 s), expected 0 s to 9 s',
    'lb2 takes 192.0.2.21:80 out after 5.4 s (±0.2 s), expected 1 s to 7 s',
    'lb2 puts it back after 4 s (±0.2 s), expected 0 s to 9 s',
    '12 requests fail or hang until it is out, 0 afterwards',
    '4 of 4 open connections to other servers survive',
  ]);
});
