import { safeFix } from '../../src/evidence/fix.ts';
import { lineRemoved } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { impliesPersistence } from '../../src/model/granularity.ts';

export default defineRule({
  id: 'ipvs/persistence-invalid',
  severity: 'error',
  title: 'persistence is written in a way that does something else',
  why: 'keepalived ignores or replaces what is written, and the kernel refuses what it does not know.',
  remedy: 'Write persistence_timeout with 1 to 2678400 seconds, or delete the line to have none.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const { label, endpoints, refusedPersistence, granularity, persistenceEngine } = service;
      const implied = impliesPersistence(service);
      const say = { host, about: service };
      const isOff = refusedPersistence?.value === '0' && !implied;
      if (refusedPersistence !== undefined)
        report({
          ...say,
          at: refusedPersistence,
          message: `keepalived ignores persistence_timeout ${refusedPersistence.value}, so ${label} ${implied ? 'keeps clients for 360 s' : 'is not persistent'}`,
          toldByKeepalived: true,
          // Off is what the author of a 0 wanted, and gets.
          severity: isOff ? 'warning' : 'error',
          fix: isOff ? safeFix('delete the line', lineRemoved(refusedPersistence)) : undefined,
        });
      const zero = endpoints.find(({ port }) => port?.value === 0)?.port;
      if (zero !== undefined && implied && granularity === undefined)
        report({
          ...say,
          at: zero,
          message: `${label} takes every port, so keepalived makes it persistent for 360 s`,
          severity: 'warning',
          toldByKeepalived: true,
          remedy: 'Write the persistence_timeout that is meant, or one virtual_server for each port.',
        });
      if (persistenceEngine !== undefined && !['', 'sip'].includes(persistenceEngine.value))
        report({
          ...say,
          at: persistenceEngine,
          message: `the kernel has no persistence engine ${persistenceEngine.value} and refuses ${label}: nothing is balanced`,
          remedy: 'Write sip, the only engine there is, or delete the line.',
        });
    }
  },
});
