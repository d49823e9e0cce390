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

/** What happened when, in milliseconds; the fault is at 1000, its undo at 15,000, all is whole at 30,000. */
export interface Story {
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

/** The timeline of such a story, with a request and a look at both directors every 200 ms. */
export function realServerTimeline({
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
