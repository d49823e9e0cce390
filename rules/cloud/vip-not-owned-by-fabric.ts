import { defineRule } from '../../src/judge/rule.ts';
import { fabricOf, movesByArpOnly, vipNames } from '../../src/model/platform.ts';

export default defineRule({
  id: 'cloud/vip-not-owned-by-fabric',
  severity: 'error',
  title: 'the network is not told that the VIP has moved',
  why: 'The VIP stands on the right node and works there; from every other host it leads to the old one, or nowhere.',
  remedy:
    'Let notify_master call the API that assigns the address, again and again until it answers, and notify_master_rx_lower_pri claim it anew.',
  needs: ['vrrp', 'syncGroups'],
  check(cluster, report) {
    const fabric = fabricOf(cluster.whole);
    if (fabric === undefined) return;
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const [vip] = instance.vips;
        if (vip === undefined || !movesByArpOnly(host, instance)) continue;
        report({
          host,
          about: instance,
          at: vip,
          message: `${instance.label} moves ${vipNames(instance)} by gratuitous ARP, which ${fabric} does not listen to`,
        });
      }
    }
  },
});
