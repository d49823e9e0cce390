import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';

export default defineRule({
  id: 'ipvs/no-redundancy',
  severity: 'info',
  title: 'a service has a single real server',
  why: 'When that machine fails, or is rebooted for an update, the service is gone, however many directors there are.',
  remedy: 'Add a second real server on another machine.',
  needs: ['services'],
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const [first, second] = service.realServers;
      if (first === undefined && service.manager === 'keepalived')
        report({
          host,
          about: service,
          at: service,
          message: `${service.label} has no real server, so keepalived leaves it out`,
          why: 'Whoever asks for it is refused, or is answered by the director itself.',
          remedy: 'Add a real server, or delete the block.',
          toldByKeepalived: true,
        });
      if (first === undefined) continue;
      if (service.realServers.some(({ address }) => address.value !== first.address.value)) continue;
      report({
        host,
        about: service,
        at: first.address,
        message: `${service.label} depends on one machine, ${first.address.value}`,
        related: second ? [{ at: second.address, message: 'the same machine' }] : [],
      });
    }
  },
});
