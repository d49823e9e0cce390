import { safeFix } from '../../src/evidence/fix.ts';
import { blockRemoved } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { repeatedServer } from '../../src/model/repeated-server.ts';
import { repeatedServices } from '../../src/model/repeated-service.ts';

export default defineRule({
  id: 'ipvs/duplicate-virtual-server',
  severity: 'error',
  title: 'one service or real server is defined twice',
  why: "The kernel keeps one service: the second block's scheduler and persistence are lost, its servers join the first.",
  remedy: 'Merge the blocks into one, with the settings that are meant.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const services = host.services.filter(({ manager }) => manager === 'keepalived');
      for (const { service, name, at, owner } of repeatedServices(services))
        report({
          host,
          about: service,
          at,
          message: `${name} ${owner === service ? `stands twice in ${service.label}` : 'is defined twice'}`,
          related: [{ at: owner === service ? undefined : owner, message: 'defined first here' }],
          severity: owner === service ? 'warning' : 'error',
        });
      for (const service of services) {
        const again = repeatedServer(service);
        if (again !== undefined)
          report({
            host,
            about: service,
            at: again.address,
            message: `${again.label} is listed twice in ${service.label}`,
            severity: 'warning',
            toldByKeepalived: true,
            why: 'keepalived removes the second entry: its weight and its checks do not count.',
            remedy: 'Delete one of the two, or correct its address.',
            fix: safeFix('delete the second one, which does not count', blockRemoved(again)),
          });
      }
    }
  },
});
