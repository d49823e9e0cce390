import { reviewedFix } from '../../src/evidence/fix.ts';
import { lineAdded } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { granularityPrefix, impliesPersistence, maskFix } from '../../src/model/granularity.ts';

export default defineRule({
  id: 'ipvs/granularity-invalid',
  severity: 'error',
  title: 'the granularity of persistence is no mask of a network',
  why: 'The mask is taken as it is: clients that have nothing to do with each other share a server, neighbours do not.',
  remedy: 'Write a dotted mask such as 255.255.255.0 for IPv4, a prefix length such as 64 for IPv6.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const { label, granularity, persistence, refusedPersistence } = service;
      if (granularity === undefined || granularity.value === '') continue;
      const mask = granularity.value;
      const say = { host, about: service, at: granularity };
      if (granularityPrefix(service, mask) === undefined) {
        const reading = /^\d{1,3}$/.test(mask) && !label.includes('[') ? `, read as 0.0.0.${mask},` : '';
        report({
          ...say,
          message: `${mask}${reading} groups no neighbours in ${label}`,
          fix: maskFix(granularity, service.endpoints[0]?.family),
        });
      } else if (persistence === undefined)
        report({
          ...say,
          severity: 'warning',
          message: `${mask} does nothing: ${label} is not persistent`,
          why: 'The mask is used by persistence only.',
          remedy: 'Add persistence (-p SECONDS), or delete the mask.',
        });
      else if (impliesPersistence(service) && refusedPersistence === undefined)
        report({
          ...say,
          severity: 'warning',
          message: `persistence_granularity alone makes ${label} persistent for 360 s`,
          why: 'keepalived switches persistence on with its default time wherever a granularity is written.',
          remedy: 'Write persistence_timeout with the seconds that are meant, or delete the granularity.',
          fix: reviewedFix('write the 360 s', lineAdded(granularity, 'persistence_timeout 360')),
        });
    }
  },
});
