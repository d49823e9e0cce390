import type { Fact } from '../../src/evidence/fact.ts';
import { defineRule } from '../../src/judge/rule.ts';
import type { HostWith } from '../../src/model/cluster.ts';
import { addressKey, isLoopbackAddress } from '../../src/model/endpoint.ts';
import { heldAddresses } from '../../src/model/held-addresses.ts';
import type { VirtualService } from '../../src/model/service.ts';

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
      for (const [address, { service, at, others }] of strayAddresses(host, held.keys)) {
        const near = held.neighbourOf(address);
        if (near === undefined && held.hasScripts) continue;
        const rest = others === 0 ? '' : ` and ${others} more`;
        const isSure = near !== undefined && !held.hasScripts;
        report({
          host,
          about: service,
          at,
          message: `no VRRP instance moves ${address}, the address of ${service.label}${rest}`,
          related: near === undefined ? [] : [{ at: near, message: `VRRP moves ${near.value.address}` }],
          ...(!isSure && { severity: 'warning' }),
        });
      }
    }
  },
});

/** Addresses of services that the host does not hold, each with the first service that has it. */
function strayAddresses({ services }: HostWith<'services'>, held: ReadonlySet<string>) {
  const strays = new Map<string, { service: VirtualService; at: Fact<string>; others: number }>();
  for (const service of services) {
    // A quorum script may well raise the address itself, for a routing daemon to announce.
    if (service.quorumUp !== undefined) continue;
    for (const { address } of service.endpoints) {
      if (address === undefined || held.has(address.value)) continue;
      if (addressKey(address.value) === undefined || isLoopbackAddress(address.value)) continue;
      const stray = strays.get(address.value);
      if (stray === undefined) strays.set(address.value, { service, at: address, others: 0 });
      else if (stray.service !== service) stray.others++;
    }
  }
  return strays;
}
