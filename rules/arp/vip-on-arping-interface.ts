import { defineRule } from '../../src/judge/rule.ts';
import { arpFilterOf } from '../../src/model/arp-filter.ts';
import { isWiredDevice } from '../../src/model/device.ts';
import { heldVipsByLine } from '../../src/model/held-vip.ts';

export default defineRule({
  id: 'arp/vip-on-arping-interface',
  severity: 'error',
  title: 'a real server keeps the VIP on a network interface, where it answers ARP',
  why: 'arp_ignore = 1 still answers for addresses of the interface that is asked: server and director both claim the VIP.',
  remedy: 'Put the VIP on lo with /32: ip addr add VIP/32 dev lo.',
  needs: ['addresses'],
  spans: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const { address, quiet, services } of heldVipsByLine(cluster.whole, host)) {
        const device = address.interface.value;
        if (quiet || address.family === 6 || !isWiredDevice(device)) continue;
        const [balanced] = services;
        if (balanced === undefined || arpFilterOf(host) !== undefined) continue;
        report({
          host,
          about: host,
          at: address.interface,
          message: `${host.label} raises VIP ${address.key} on ${device} and answers ARP for it there`,
          related: [
            {
              at: balanced.service,
              message: `${balanced.director.label} balances ${balanced.service.label} by ${balanced.service.method.value}`,
            },
          ],
        });
      }
    }
  },
});
