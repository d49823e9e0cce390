import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { traitsOf } from '../../src/model/service-traits.ts';
import { hasDynamicWeights } from '../../src/model/weights.ts';

export default defineRule({
  id: 'ipvs/weights-all-zero',
  severity: 'error',
  title: 'no real server of a service has a weight above 0',
  why: 'A server of weight 0 gets no new connections; where all have 0, clients are refused although every server works.',
  remedy: 'Give the servers that are meant to work a weight of 1 or more.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (traitsOf(service).idle === 0) continue;
      const first = service.realServers.find(({ weight }) => weight.value === 0);
      // In a running table, 0 is also what inhibit_on_failure makes of a failed server.
      if (first === undefined || first.weight.basis === 'observed' || hasDynamicWeights(service)) continue;
      const idle = service.realServers.filter(({ weight }) => weight.value === 0);
      const count = service.realServers.length;
      const all = idle.length === count;
      report({
        host,
        about: service,
        at: first.weight,
        message: all
          ? `${service.label} has nobody to send connections to: ${count === 1 ? 'its only real server has' : `all ${count} real servers have`} weight 0`
          : `${first.label} has weight 0 and gets no new connections of ${service.label}`,
        ...(!all && {
          severity: 'info',
          why: 'A weight of 0 that is left over from maintenance keeps a working server idle, also after a reload.',
          remedy: 'Restore the weight when the maintenance is over.',
        }),
      });
    }
  },
});
