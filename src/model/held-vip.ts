import type { Cluster, Host } from './cluster.ts';
import { isQuietDevice } from './device.ts';
import { allServices, type Balanced, methodsOf, servicesByVip } from './duties.ts';
import { isLinkLocalAddress, isLoopbackAddress } from './endpoint.ts';
import type { InterfaceAddress } from './kernel.ts';
import { isDirect } from './method.ts';

/** A VIP that a real server holds because packets reach it by DR or TUN with the VIP as their destination. */
export interface HeldVip {
  readonly address: InterfaceAddress;
  /** It stands on a device that no neighbour can ask. */
  readonly quiet: boolean;
  /** The DR and TUN services of other hosts; empty where no director of the address is given. */
  readonly services: readonly Balanced[];
}

const NONE: readonly HeldVip[] = [];
const known = new WeakMap<Host, readonly HeldVip[]>();

/**
 * The VIPs of a real server, each address once. An address on a quiet device is one although no director is given; the
 * address of a service that translates (NAT, FULLNAT) or that only this host balances is none.
 */
export function heldVips(cluster: Cluster, host: Host): readonly HeldVip[] {
  if (!host.roles.has('real-server') || host.addresses === undefined) return NONE;
  let held = known.get(host);
  if (held === undefined) {
    held = findVips(cluster, host, host.addresses);
    known.set(host, held);
  }
  return held;
}

/** The VIPs that ARP can betray: IPv4, on a device where arp_ignore hides them. */
export function quietVips(cluster: Cluster, host: Host): readonly HeldVip[] {
  return heldVips(cluster, host).filter(({ quiet, address }) => quiet && address.family === 4);
}

/** The VIPs with a line of their own: of those that one line raises in a loop only the first, its mistake is one. */
export function heldVipsByLine(cluster: Cluster, host: Host): readonly HeldVip[] {
  const seen = new Set<string>();
  return heldVips(cluster, host).filter(({ address: { place } }) => {
    const line = `${place.source.name} ${place.range.start}`;
    return !seen.has(line) && seen.add(line);
  });
}

function findVips(cluster: Cluster, host: Host, addresses: readonly InterfaceAddress[]): HeldVip[] {
  const byVip = servicesByVip(cluster);
  const held = new Map<string, HeldVip>();
  for (const address of addresses) {
    const { key } = address;
    // Kubernetes' node-local DNS cache and the like are link-local.
    if (held.has(key) || isLoopbackAddress(key) || isLinkLocalAddress(key)) continue;
    const balanced = byVip.get(key) ?? [];
    const quiet = isQuietDevice(address.interface.value);
    const services = balanced.filter(
      ({ director, service }) => director !== host && [...methodsOf(service)].some(isDirect),
    );
    const unclaimed = quiet && balanced.length === 0 && allServices(host).length === 0;
    if (services.length > 0 || unclaimed) held.set(key, { address, quiet, services });
  }
  return [...held.values()];
}
