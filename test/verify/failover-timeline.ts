import type { FailoverPlan } from '../../src/verify/failover-plan.ts';
import type { Moment, Observation, Step, Timeline } from '../../src/verify/timeline.ts';

/** A plan of two directors with one VIP and one service; version 2, one advert a second, priorities 150 and 100. */
const PLAN: FailoverPlan = {
  fault: 'crash',
  master: 'lb1',
  successor: 'lb2',
  routers: [
    {
      id: 'lb1/vrrp_instance VI_1',
      label: 'VI_1',
      virtualRouterId: 51,
      version: 2,
      vips: ['192.0.2.100'],
      interfaces: { lb1: 'eth0', lb2: 'eth0' },
      priorities: { lb1: 150, lb2: 100 },
    },
  ],
  services: [{ id: 'lb1/virtual_server', label: '192.0.2.100:80/TCP', address: '192.0.2.100', port: 80 }],
  takeover: { earliest: 2609, latest: 3609, because: '3 adverts of 1 s and a skew of 0.609 s' },
  comeback: { earliest: 3414, latest: 3414, because: '3 adverts of 1 s and a skew of 0.414 s' },
  advertInterval: 1000,
  keepsConnections: false,
  restoredWithin: 33_414,
};

/** What happened when, in milliseconds; the fault is at 1000, its undo at 10,000, all is whole at 15,000. */
export interface Story {
  readonly plan?: Partial<FailoverPlan>;
  /** From the fault until lb2 is master. */
  readonly takeover?: number | 'never';
  /** From the undo until lb1 is master. */
  readonly comeback?: number | 'never';
  /** The same, where the plan expects none. */
  readonly comebackAnyway?: number;
  /** How long no request is answered from the fault on, and from the comeback on. */
  readonly outage?: number;
  readonly outageAtReturn?: number;
  readonly packets?: boolean;
  readonly isAnnounced?: boolean;
  readonly survivors?: readonly [opened: number, alive: number];
  readonly isUndone?: boolean;
  /** lb1 keeps the VIP all the time. */
  readonly keepsVip?: boolean;
}

const FAULT = 1000;
const UNDO = 10_000;
const END = 15_000;

/** The timeline of such a story, with a request every 20 ms and a look at both directors every 100 ms. */
export function failoverTimeline({
  plan: changed,
  takeover = 3100,
  comeback = 3420,
  comebackAnyway,
  outage = takeover === 'never' ? UNDO : takeover,
  outageAtReturn = 0,
  packets = true,
  isAnnounced = true,
  survivors,
  isUndone = true,
  keepsVip = false,
}: Story): Timeline<FailoverPlan> {
  const plan = { ...PLAN, ...changed };
  const moments: Moment[] = [];
  const did = (at: number, step: Step, what: string) => moments.push({ at, did: what, host: 'lb1', step });
  const observed = (at: number, observation: Observation) => moments.push({ at, observed: observation });
  did(500, 'arm', 'arms the undo');
  did(FAULT, 'fault', plan.fault);
  did(UNDO, 'undo', 'undoes it');
  if (isUndone) did(END - 100, 'undone', 'all is as before');
  const taken = takeover === 'never' ? END + 1 : FAULT + takeover;
  const returns = plan.comeback === undefined ? comebackAnyway : comeback === 'never' ? undefined : comeback;
  const back = returns === undefined ? END + 1 : UNDO + returns;
  for (let at = 0; at <= END; at += 20) {
    const isOut = (at >= FAULT && at < FAULT + outage) || (at >= back && at < back + outageAtReturn);
    observed(at, {
      kind: 'request',
      service: '192.0.2.100:80/TCP',
      outcome: isOut ? 'timeout' : 'answered',
      milliseconds: isOut ? 1000 : 3,
    });
    if (at % 100 !== 0) continue;
    const first = keepsVip || at < FAULT || at >= back;
    const second = at >= taken && at < back;
    observed(at, { kind: 'holder', host: 'lb1', vips: first ? ['192.0.2.100'] : [] });
    observed(at, { kind: 'holder', host: 'lb2', vips: second ? ['192.0.2.100'] : [] });
  }
  const advert = (at: number, from: string, priority: number) =>
    observed(at, { kind: 'advert', seenBy: 'lb2', from, vrid: 51, priority, version: 2 });
  if (packets) {
    for (let at = 200; at <= FAULT; at += 1000) advert(at, '192.0.2.11', 150);
    for (let at = taken; at < Math.min(back, END + 1); at += 1000) advert(at, '192.0.2.12', 100);
    for (let at = back; at <= END; at += 1000) advert(at, '192.0.2.11', 150);
    if (isAnnounced && taken <= END)
      observed(taken + 1, { kind: 'garp', seenBy: 'lb2', address: '192.0.2.100', mac: '52:54:00:00:00:12' });
  }
  const [opened, alive] = survivors ?? [0, 0];
  for (let id = 0; id < opened; id++)
    observed(END - 200, { kind: 'connection', service: '192.0.2.100:80/TCP', id, alive: id < alive });
  return {
    schemaVersion: 1,
    test: 'failover',
    startedAt: '2026-01-05T03:00:00.000Z',
    plan,
    moments: moments.sort((one, other) => one.at - other.at),
  };
}
