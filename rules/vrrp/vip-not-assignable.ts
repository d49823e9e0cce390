import { defineRule } from '../../src/judge/rule.ts';
import { vipDoubts } from '../../src/model/vip-doubt.ts';

export default defineRule({
  id: 'vrrp/vip-not-assignable',
  severity: 'error',
  title: 'nobody can reach an address like this VIP',
  why: 'keepalived -t accepts it; the kernel then refuses it, or no neighbour can use it.',
  remedy: 'Write an unused host address of the network on that interface.',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        for (const { vip, what, ...doubt } of vipDoubts(host, instance))
          report({
            host,
            about: instance,
            at: vip,
            message: `${vip.value.address} of ${instance.label} ${what}`,
            ...doubt,
          });
      }
    }
  },
});
