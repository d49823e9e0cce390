import { arpGuard, arpServers } from './arp-guard.ts';
import type { Cluster, Host } from './cluster.ts';
import { isQuietDevice } from './device.ts';
import { allServices, exemplaryServers } from './duties.ts';
import { isLoopbackAddress } from './endpoint.ts';
import { heldVips } from './held-vip.ts';
import { noSysctlFiles } from './kernel-files.ts';
import { remembered } from './memory.ts';
import { isDirect } from './method.ts';
import { unknownRole } from './roles.ts';
import type { ForwardingMethod } from './service.ts';

/** A host, and why nobody can tell whether its real servers keep the VIP to themselves. */
export interface Unseen {
  readonly host: Host;
  readonly why: string;
}

const MOST_NAMES = 2;

/**
 * What keeps the real servers of a cluster from being judged, in one sentence for each reason: every rule that asks
 * says the same, so a report tells it once.
 */
export const unseenServers = remembered((cluster: Cluster): readonly Unseen[] => [
  ...unjudgedHosts(cluster),
  ...missingServers(cluster, isDirect, 'sysctl file or script'),
]);

function unjudgedHosts(cluster: Cluster): readonly Unseen[] {
  const unknown = cluster.hosts.flatMap((host) => {
    const why = host.sysctl && unknownRole(host);
    return why === undefined ? [] : [{ host, why }];
  });
  const silent = arpServers(cluster).filter(({ host }) => arpGuard(host, 'arp_ignore') === undefined);
  return [
    ...unknown,
    ...silent.map(({ host }) => ({ host, why: host.unseen.get('sysctl') ?? noSysctlFiles(host) })),
  ];
}

/** The same for the way back: the NAT servers whose scripts nobody gave, so that nobody knows their gateway. */
export function unseenNatServers(cluster: Cluster): readonly Unseen[] {
  return missingServers(cluster, (method) => method === 'NAT', 'script');
}

type MethodTest = (method: ForwardingMethod) => boolean;

/** The servers of each director that no host of the run is known to be. */
function missingServers(cluster: Cluster, isMeant: MethodTest, what: string): readonly Unseen[] {
  const known = new Set<string>();
  const unnamed = new Map<Host, number>();
  for (const host of cluster.hosts) {
    const own = [...host.ownAddresses, ...wiredAddresses(host)];
    for (const address of own) known.add(address);
    const directors = new Set(
      heldVips(cluster, host).flatMap(({ services }) => services.map(({ director }) => director)),
    );
    if (own.length === 0)
      for (const director of directors) unnamed.set(director, (unnamed.get(director) ?? 0) + 1);
  }
  return cluster.hosts.flatMap((director) => {
    const servers = serversOf(director, known, isMeant);
    const seen = unnamed.get(director) ?? 0;
    if (servers.size <= seen) return [];
    const names = `real server${servers.size === 1 ? '' : 's'} ${listOf(servers)}`;
    const why =
      seen === 0 ? `no ${what} of ${names} was given` : `files of only ${seen} of the ${names} were given`;
    return [{ host: director, why }];
  });
}

function serversOf(director: Host, known: ReadonlySet<string>, isMeant: MethodTest): ReadonlySet<string> {
  const servers = new Set<string>();
  if (!exemplaryServers(director).some(({ method }) => isMeant(method.value))) return servers;
  for (const { realServers } of allServices(director))
    for (const { address, method } of realServers)
      if (isMeant(method.value) && !known.has(address.value) && !isNoHost(address.value))
        servers.add(address.value);
  return servers;
}

/** The director itself, or a name that only the shell which runs a script can fill in. */
function isNoHost(address: string): boolean {
  return address.includes('$') || address.includes('`') || isLoopbackAddress(address);
}

function wiredAddresses({ addresses = [] }: Host): readonly string[] {
  return addresses.flatMap(({ key, interface: device }) => (isQuietDevice(device.value) ? [] : [key]));
}

/** `192.0.2.21, 192.0.2.22 and 3 more`, without touching the others. */
function listOf(items: ReadonlySet<string>): string {
  const names: string[] = [];
  for (const item of items) if (names.push(item) === MOST_NAMES) break;
  const more = `${items.size - names.length}`.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
  return more === '0' ? names.join(', ') : `${names.join(', ')} and ${more} more`;
}
