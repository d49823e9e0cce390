import type { Cluster, Host } from './cluster.ts';
import { remembered } from './memory.ts';
import { directorGroups } from './peers.ts';
import type { VirtualService } from './service.ts';
import type { Side } from './service-difference.ts';
import { movedVips } from './vip-list.ts';

/**
 * The services of a director that a peer has to have too: those on an address that both of them may hold. An address
 * that only one of them holds is either another group's or missing in the peer's list, which other rules report; of
 * addresses and marks outside VRRP nothing is said where a director has several sets of peers.
 */
export function sharedSide(cluster: Cluster, host: Host, peer: Host): Side {
  const { label } = host;
  const home = host.services?.[0] ?? host.vrrp?.[0] ?? host;
  return { host, name: label, where: `on ${label}`, services: sharedServices(cluster, host, peer), home };
}

function sharedServices(cluster: Cluster, host: Host, peer: Host): readonly VirtualService[] {
  const own = vipsOf(host);
  const theirs = vipsOf(peer);
  const hasOtherPeers = directorGroups(cluster).some(
    (group) =>
      (group.includes(host) || group.includes(peer)) && !(group.includes(host) && group.includes(peer)),
  );
  const seen = new Set<string>();
  return (host.services ?? []).filter(({ endpoints }) => {
    // A second manager of the same service is a mistake of its own.
    const key = endpoints[0]?.key ?? '';
    if (seen.has(key)) return false;
    seen.add(key);
    const address = endpoints.find((endpoint) => endpoint.address !== undefined)?.address?.value ?? '';
    if (own.has(address) || theirs.has(address)) return own.has(address) && theirs.has(address);
    return !hasOtherPeers;
  });
}

const vipsOf = remembered(
  (host: Host): ReadonlySet<string> =>
    new Set(
      (host.vrrp ?? []).flatMap((instance) => movedVips(instance).flatMap(({ value }) => value.key ?? [])),
    ),
);
