import { reviewedFix } from '../../src/evidence/fix.ts';
import { lineAdded } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { fillsFromOne, hashTableOf, refusalOf } from '../../src/model/weights.ts';

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
      const say = { host, about: service, at: scheduler };
      const name = scheduler.value;
      const { places, asked } = table;
      const onlyOne = fillsFromOne(service, table);
      if (asked > places)
        report({
          ...say,
          severity: onlyOne ? 'error' : 'warning',
          message: `the ${name} table of ${label} has ${places} places, but its weights ask for ${asked}${onlyOne ? ': one server gets all clients' : ''}`,
          why: 'The table is full before all weights are served: servers at its end get fewer clients, or none.',
          remedy: 'Divide all weights by a common number.',
        });
      const fallback = ['', 'flag-1', `${name}-fallback`];
      const refusal = refusalOf(service);
      if (refusal === undefined || schedulerFlags.some(({ value }) => fallback.includes(value))) continue;
      const { server, at, when } = refusal;
      const cause = when === 'down' ? 'a failed server stays with weight 0' : 'an upper threshold';
      report({
        ...say,
        message: `${name} without ${name}-fallback refuses the clients of ${server.label} while it is ${when}`,
        related: [{ at, message: cause }],
        fix:
          service.manager === 'keepalived'
            ? reviewedFix(`add ${name}-fallback`, lineAdded(scheduler, `${name}-fallback`))
            : undefined,
      });
    }
  },
});
