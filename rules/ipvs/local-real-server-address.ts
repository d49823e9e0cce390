import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { addressKey, isLoopbackAddress } from '../../src/model/endpoint.ts';
import type { RealServer, VirtualService } from '../../src/model/service.ts';
import { traitsOf } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'ipvs/local-real-server-address',
  severity: 'error',
  title: 'a real server has an address that cannot be one',
  why: 'The packets do not reach the machine that is meant, however healthy it is.',
  remedy: "Write the real server's own address.",
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (!traitsOf(service).hasOddAddresses) continue;
      for (const server of service.realServers) {
        const flaw = flawOf(service, server);
        if (flaw === undefined) continue;
        report({ host, about: service, at: server.address, ...flaw });
        break;
      }
    }
  },
});

function flawOf({ endpoints, label }: VirtualService, { address, family, method }: RealServer) {
  const [first] = endpoints;
  if (first === undefined) return undefined;
  const vip = endpoints.find((endpoint) => endpoint.address?.value === address.value)?.address;
  // A table saved with names writes one name for all addresses that resolve to it.
  if (vip !== undefined && addressKey(address.value) !== undefined)
    return {
      severity: 'warning' as const,
      message: `${address.value} is the VIP of ${label} itself, not a real server`,
      why: 'The director balances onto itself: it hands these connections to its own daemons, and checks go through the VIP.',
      related: [{ at: vip, message: 'the VIP' }],
    };
  if (family !== first.family && method.value !== 'TUN' && first.mark === undefined)
    return {
      message: `${address.value} is IPv${family}, ${label} is IPv${first.family}: only TUN may cross the families`,
      why: 'keepalived skips the server and ipvsadm refuses it, so it never gets a connection.',
      remedy: "Write the server's address of the same family, or use TUN.",
    };
  if (method.value === 'NAT' && isLoopbackAddress(address.value))
    return {
      message: `the kernel does not rewrite packets from outside to ${address.value}: by NAT this server gets nothing`,
      why: 'Packets from the network to a loopback address are dropped, so every connection to this server hangs.',
      remedy: "Write one of the director's own addresses, or use DR for this server (lvs_method DR).",
    };
  return undefined;
}
