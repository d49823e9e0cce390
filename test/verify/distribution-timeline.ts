import type { DistributionPlan, Expectation } from '../../src/verify/distribution-plan.ts';
import type { Moment, Timeline } from '../../src/verify/timeline.ts';

const SERVICE = 'TCP 192.0.2.100:80';

/** How so many connections fell to the servers of one service, with weights; each was a request from one address. */
export function distributionTimeline(
  servers: Readonly<Record<string, readonly [weight: number, count: number]>>,
  expectation: Expectation = { kind: 'cycle', by: 'wrr' },
): Timeline<DistributionPlan> {
  const entries = Object.entries(servers);
  const total = entries.reduce((sum, [, [, count]]) => sum + count, 0);
  const counters = (at: number, isAfter: boolean): Moment => ({
    at,
    observed: {
      kind: 'counters',
      host: 'lb1',
      service: SERVICE,
      servers: entries.map(([server, [, count]]) => ({
        server,
        connections: 1000 + (isAfter ? count : 0),
        active: 0,
        inactive: 0,
      })),
    },
  });
  return {
    schemaVersion: 1,
    test: 'distribution',
    startedAt: '2026-01-05T03:00:00.000Z',
    plan: {
      client: 'client1',
      macs: {},
      services: [
        {
          service: SERVICE,
          director: 'lb1',
          scheduler: 'wrr',
          request: { kind: 'http', address: '192.0.2.100', port: 80, path: '/' },
          servers: entries.map(([server, [weight]]) => ({ server, weight })),
          expectation,
          unit: 'connections',
          needed: 100,
          units: total,
          requests: total,
          sources: ['192.0.2.130'],
        },
      ],
    },
    moments: [
      {
        at: 0,
        observed: {
          kind: 'table',
          host: 'lb1',
          service: SERVICE,
          servers: entries.map(([server, [weight]]) => ({ server, weight })),
        },
      },
      counters(1, false),
      ...Array.from(
        { length: total },
        (_, number): Moment => ({
          at: 10 + number,
          observed: {
            kind: 'request',
            service: SERVICE,
            from: '192.0.2.130',
            outcome: 'answered',
            milliseconds: 2,
          },
        }),
      ),
      counters(5000 + total, true),
    ],
  };
}
