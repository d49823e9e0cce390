import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import type { RealServer } from '../../src/model/service.ts';
import { hashTableOf } from '../../src/model/weights.ts';

export default defineRule({
  id: 'ipvs/hash-scheduler-limits',
  severity: 'warning',
  title: 'the hash scheduler leaves clients without a server, or servers without clients',
  why: 'sh and mh send each client address to its own server; where that one is at weight 0 or overloaded, the client is refused.',
  remedy:
    'Add the flag sh-fallback or mh-fallback, or let failed servers be removed (no inhibit_on_failure).',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const { scheduler, schedulerFlags, realServers, label } = service;
      const table = realServers.length < 2 ? undefined : hashTableOf(service);
      if (table === undefined) continue;
      const name = scheduler.value;
      const { places, asked } = table;
      // Places are dealt out one server after the other (ip_vs_sh.c).
      const onlyOne = name === 'sh' && realServers.every(({ weight }) => weight.value >= places);
      if (asked > places)
        report({
          host,
          about: service,
          at: scheduler,
          severity: onlyOne ? 'error' : 'warning',
          message: `the ${name} table of ${label} has ${places} places, but its weights ask for ${asked}${onlyOne ? ': one server gets all clients' : ''}`,
          why: 'The table is full before all weights are served: servers at its end get fewer clients, or none.',
          remedy: 'Divide all weights by a common number.',
        });
      const fallback = ['', 'flag-1', `${name}-fallback`];
      if (schedulerFlags.some(({ value }) => fallback.includes(value))) continue;
      const idle = realServers.find(mayRefuse);
      if (idle === undefined) continue;
      const isDown = idle.inhibitOnFailure?.value === true;
      report({
        host,
        about: service,
        at: scheduler,
        message: `${name} without ${name}-fallback refuses the clients of ${idle.label} while it is ${isDown ? 'down' : 'overloaded'}`,
        related: isDown
          ? [{ at: idle.inhibitOnFailure ?? idle, message: 'a failed server stays with weight 0' }]
          : [{ at: idle.upperThreshold ?? idle, message: 'an upper threshold' }],
      });
    }
  },
});

function mayRefuse({ inhibitOnFailure, upperThreshold }: RealServer): boolean {
  return inhibitOnFailure?.value === true || (upperThreshold?.value ?? 0) > 0;
}
