import { defineRule } from '../../src/judge/rule.ts';
import { heldAddresses, strayAddresses } from '../../src/model/held-addresses.ts';

export default defineRule({
  id: 'ipvs/virtual-server-without-vip',
  severity: 'error',
  title: 'the address of a virtual server is on no director',
  why: 'IPVS sees only packets that are for the director itself: without the address nothing is balanced, or a failover leaves it behind.',
  remedy: 'Add the address to virtual_ipaddress of the instance that moves the others, or correct it.',
  needs: ['services', 'vrrp'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const held = heldAddresses(host, cluster.whole);
      if (held === undefined) continue;
      for (const [address, { service, at, others }] of strayAddresses(host, held)) {
        const near = held.neighbourOf(address);
        if (near === undefined && held.hasScripts) continue;
        const rest = others === 0 ? '' : ` and ${others} more`;
        report({
          host,
          about: service,
          at,
          message: `no VRRP instance moves ${address}, the address of ${service.label}${rest}`,
          related: [{ at: near, message: `VRRP moves ${near?.value.address}` }],
          severity: near === undefined || held.hasScripts ? 'warning' : 'error',
        });
      }
    }
  },
});
