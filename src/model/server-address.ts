import type { Doubt } from './doubt.ts';
import { addressKey, isLoopbackAddress } from './endpoint.ts';
import type { RealServer, VirtualService } from './service.ts';

/** Why an address cannot be that of a real server of this service. */
export function doubtAboutAddress(
  { endpoints, label }: VirtualService,
  { address, family, method }: RealServer,
): Doubt | undefined {
  const [first] = endpoints;
  if (first === undefined) return undefined;
  const vip = endpoints.find((endpoint) => endpoint.address?.value === address.value)?.address;
  // A table saved with names writes one name for all addresses that resolve to it.
  if (vip !== undefined && addressKey(address.value) !== undefined)
    return {
      at: address,
      severity: 'warning',
      message: `${address.value} is the VIP of ${label} itself, not a real server`,
      why: 'The director balances onto itself: it hands these connections to its own daemons, and checks go through the VIP.',
      related: [{ at: vip, message: 'the VIP' }],
    };
  if (family !== first.family && method.value !== 'TUN' && first.mark === undefined)
    return {
      at: address,
      message: `${address.value} is IPv${family}, ${label} is IPv${first.family}: only TUN may cross the families`,
      why: 'keepalived skips the server and ipvsadm refuses it, so it never gets a connection.',
      remedy: "Write the server's address of the same family, or use TUN.",
    };
  if (method.value === 'NAT' && isLoopbackAddress(address.value))
    return {
      at: address,
      message: `the kernel does not rewrite packets from outside to ${address.value}: by NAT this server gets nothing`,
      why: 'Packets from the network to a loopback address are dropped, so every connection to this server hangs.',
      remedy: "Write one of the director's own addresses, or use DR for this server (lvs_method DR).",
    };
  return undefined;
}
