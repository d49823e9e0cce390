import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeRealServer } from '../../src/verify/judge-real-server.ts';
import type { RealServerPlan } from '../../src/verify/real-server-plan.ts';
import type { Moment, Timeline } from '../../src/verify/timeline.ts';

const SERVICE = '192.0.2.100:80/TCP';
const PLAN: RealServerPlan = {
  fault: 'stop',
  host: 'web1',
  server: '192.0.2.21:80',
  address: '192.0.2.21',
  port: 80,
  service: { id: 'lb1/virtual_server', label: SERVICE, address: '192.0.2.100', port: 80 },
  id: 'lb1/virtual_server/real_server',
  directors: ['lb1', 'lb2'],
  checker: 'TCP_CHECK',
  isKept: false,
  removal: { earliest: 1000, latest: 7000, because: 'delay_loop of 6 s, 1 pauses of 1 s' },
  comeback: { earliest: 0, latest: 9000, because: 'a check and a pause' },
  restoredWithin: 60_000,
};
const FAULT = 1000;
const UNDO = 15_000;
const END = 30_000;

interface Story {
  readonly plan?: Partial<RealServerPlan>;
  /** From the fault until it is out, on lb1 and lb2. */
  readonly removals?: readonly [number, number];
  readonly comebacks?: readonly [number, number];
  /** Requests that fail although it is out. */
  readonly failsWhenOut?: boolean;
  readonly isWeightZero?: boolean;
  readonly others?: readonly [opened: number, alive: number];
  readonly isUndone?: boolean;
}

function timelineOf({
  plan,
  removals = [5000, 5300],
  comebacks = [4000, 4000],
  failsWhenOut = false,
  isWeightZero = false,
  others = [4, 4],
  isUndone = true,
}: Story): Timeline<RealServerPlan> {
  const moments: Moment[] = [
    { at: 500, did: 'arms the undo', host: 'web1', step: 'arm' },
    { at: FAULT, did: 'stops nginx', host: 'web1', step: 'fault' },
    { at: UNDO, did: 'starts nginx', host: 'web1', step: 'undo' },
    ...(isUndone ? [{ at: END, did: 'it serves', host: 'web1', step: 'undone' } as const] : []),
  ];
  for (let at = 0; at < END; at += 200) {
    const isUp = at < FAULT || at >= UNDO;
    let asked = false;
    for (const [number, host] of ['lb1', 'lb2'].entries()) {
      const isIn = at < FAULT + (removals[number] ?? 0) || at >= UNDO + (comebacks[number] ?? 0);
      if (number === 0) asked = isIn && !isUp;
      const weight = isIn ? 10 : 0;
      const own = isIn || isWeightZero ? [{ server: '192.0.2.21:80', weight }] : [];
      moments.push({
        at,
        observed: {
          kind: 'table',
          host,
          service: SERVICE,
          servers: [...own, { server: '192.0.2.22:80', weight: 10 }],
        },
      });
    }
    const fails = (asked && at % 400 === 0) || (failsWhenOut && !isUp && at > UNDO - 4000);
    moments.push({
      at,
      observed: {
        kind: 'request',
        service: SERVICE,
        outcome: fails ? 'refused' : 'answered',
        milliseconds: 3,
      },
    });
  }
  const [opened, alive] = others;
  for (let id = 0; id < opened; id++)
    moments.push({
      at: END - 100,
      observed: { kind: 'connection', service: SERVICE, id, alive: id < alive },
    });
  return {
    schemaVersion: 1,
    test: 'real-server',
    startedAt: '2026-01-05T03:00:00.000Z',
    plan: { ...PLAN, ...plan },
    moments: moments.toSorted((one, other) => one.at - other.at),
  };
}

const judged = (story: Story) =>
  judgeRealServer(timelineOf(story)).told.map(({ outcome, host }) => `${outcome} ${host}`);

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
  expect(judgeRealServer(timelineOf({})).notes).toEqual([
    'lb1 takes 192.0.2.21:80 out after 5 s (±0.2 s), expected 1 s to 7 s',
    'lb1 puts it back after 4 s (±0.2 s), expected 0 s to 9 s',
    'lb2 takes 192.0.2.21:80 out after 5.4 s (±0.2 s), expected 1 s to 7 s',
    'lb2 puts it back after 4 s (±0.2 s), expected 0 s to 9 s',
    '12 requests fail or hang until it is out, 0 afterwards',
    '4 of 4 open connections to other servers survive',
  ]);
});
