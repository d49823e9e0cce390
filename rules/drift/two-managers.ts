import { defineRule } from '../../src/judge/rule.ts';
import { otherManagers } from '../../src/model/table-managers.ts';

export default defineRule({
  id: 'drift/two-managers',
  severity: 'error',
  title: 'two programs write the same IPVS table',
  why: 'The one that starts later empties the table or meets services that are there already: after a reboot or reload some are missing, and none is where its file says.',
  remedy:
    'Leave the table to keepalived alone: delete the other rules, and switch the service off that loads them.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const own = host.services.find(({ manager }) => manager === 'keepalived');
      if (own === undefined) continue;
      for (const { at, message, service, grave } of otherManagers(host)) {
        report({
          host,
          about: host,
          at,
          message,
          related: [{ at: service ?? own, message: 'keepalived writes this one' }],
          severity: grave ? 'error' : 'warning',
        });
      }
    }
  },
});
