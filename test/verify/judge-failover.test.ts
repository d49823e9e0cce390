import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeFailover } from '../../src/verify/judge-failover.ts';
import { failoverTimeline, type Story } from './failover-timeline.ts';

const judged = (story: Story) =>
  judgeFailover(failoverTimeline(story)).told.map(({ outcome, severity }) =>
    severity === undefined ? outcome : `${outcome} ${severity}`,
  );

describe('a failover as theory has it gives nothing', () => {
  test.each<readonly [string, Story]>([
    ['crash', {}],
    ['at the end of the window', { takeover: 3609 }],
    ['seen without packets', { packets: false }],
    [
      'stop',
      { plan: { fault: 'stop', takeover: { earliest: 609, latest: 609, because: '' } }, takeover: 650 },
    ],
    ['isolated nodes are both master', { plan: { fault: 'isolate' }, keepsVip: true, outage: 0 }],
    ['the successor keeps the VIPs where it may', { plan: { comeback: undefined } }],
    ['connections are lost where nobody carries them over', { survivors: [5, 0] }],
    ['clients that lost a first packet come back a second later', { takeover: 3100, outage: 4100 }],
  ])('%s', (_, story) => {
    expect(judged(story)).toEqual([]);
  });

  test('wherever in its window the takeover falls', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2609, max: 3609 }),
        fc.integer({ min: 0, max: 1000 }),
        (takeover, more) => {
          expect(judged({ takeover, outage: takeover + more })).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });
});

test.each<readonly [string, Story, readonly string[]]>([
  ['nobody takes over', { takeover: 'never' }, ['verify/no-takeover']],
  ['slow', { takeover: 5200, outage: 5200 }, ['verify/takeover-late warning']],
  [
    'the farewell is not heard',
    { plan: { fault: 'stop', takeover: { earliest: 609, latest: 609, because: '' } } },
    ['verify/takeover-late warning'],
  ],
  [
    'much too late',
    { plan: { advertInterval: 100, takeover: { earliest: 261, latest: 361, because: '' } } },
    ['verify/takeover-late error'],
  ],
  ['the crashed node keeps its VIP', { keepsVip: true }, ['verify/two-masters']],
  ['nobody is told where the VIP is', { isAnnounced: false }, ['verify/vip-not-announced']],
  ['neighbours keep the old MAC address', { outage: 6500 }, ['verify/outage-outlasts-takeover warning']],
  ['neighbours never learn', { outage: 20_000 }, ['verify/outage-outlasts-takeover error']],
  [
    'it does not come back',
    { plan: { comeback: { earliest: 1000, latest: 1000, because: '' } }, comeback: 'never' },
    ['verify/no-comeback'],
  ],
  [
    'it comes back though it ought not to',
    { plan: { comeback: undefined }, comebackAnyway: 3000 },
    ['verify/comeback-unexpected'],
  ],
  ['the return costs more than the fault', { outageAtReturn: 1400 }, ['verify/outage-at-return']],
  [
    'the sync daemon carries nothing over',
    { plan: { keepsConnections: true }, survivors: [5, 2] },
    ['verify/connections-lost'],
  ],
  ['the undo is not confirmed', { isUndone: false }, ['verify/undo-unconfirmed']],
])('%s', (_, story, outcomes) => {
  expect(judged(story)).toEqual(outcomes);
});

test('an undo that nobody confirmed comes before everything else', () => {
  expect(judged({ takeover: 'never', isUndone: false })).toEqual([
    'verify/undo-unconfirmed',
    'verify/no-takeover',
  ]);
});

test('what was expected and what was measured stand side by side', () => {
  expect(judgeFailover(failoverTimeline({ takeover: 3100, survivors: [4, 4] })).notes).toEqual([
    'takeover 3.1 s after the crash (by packets), expected 2.609 s to 3.609 s',
    'clients wait for 3.1 s, 155 requests fail or hang; 3.1 s without a master',
    'back 3.42 s after the end of the fault, expected 3.414 s',
    '4 of 4 open connections survive',
  ]);
});
