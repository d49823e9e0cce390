import type { Fact } from '../evidence/fact.ts';
import type { Cluster, Host, HostWith } from './cluster.ts';
import { losesBlocks } from './damage.ts';
import { addressKey, familyOf, isLoopbackAddress, networkKey } from './endpoint.ts';
import { remembered } from './memory.ts';
import type { VirtualService } from './service.ts';
import { movedVips } from './vip-list.ts';
import type { Vip } from './vrrp.ts';

/** The addresses that a host answers for, as far as its files show. */
export interface HeldAddresses {
  has(address: string): boolean;
  /** A VIP of the same /24 or /64, if there is one. */
  neighbourOf(address: string): Fact<Vip> | undefined;
  /** A notify script may raise addresses as well: nobody gave it. */
  readonly hasScripts: boolean;
}

/**
 * Undefined where the files cannot tell: no VRRP on this host, addresses that nobody can read, blocks that are lost to
 * a brace, routes that make whole networks local, scripts with addresses that only a running shell knows. A VIP that
 * only the peer has is counted too: that the lists differ is a mistake of its own.
 */
export function heldAddresses(host: Host, cluster: Cluster): HeldAddresses | undefined {
  const vips = (host.vrrp ?? []).flatMap(movedVips);
  if (vips.length === 0 || vips.some(({ value }) => value.key === undefined)) return undefined;
  if (losesBlocks(host)) return undefined;
  const isLocal = (text: string) => /(^|\s)local(\s|$)/.test(text);
  if (host.vrrp?.some(({ virtualRoutes }) => virtualRoutes.some(({ value }) => isLocal(value))))
    return undefined;
  for (const command of host.commands ?? []) {
    if (command.does === 'add-address' && command.address === undefined) return undefined;
    if (command.does === 'add-route' && command.type === 'local') return undefined;
  }
  const anywhere = vipsOf(cluster);
  const keys = new Set(host.ownAddresses);
  for (const { value } of host.staticAddresses ?? []) if (value.key !== undefined) keys.add(value.key);
  for (const { key } of host.addresses ?? []) keys.add(key);
  const neighbours = new Map<string | undefined, Fact<Vip>>();
  for (const vip of vips.toReversed()) neighbours.set(networkOf(vip.value.key ?? ''), vip);
  return {
    has: (address) => keys.has(address) || anywhere.has(address),
    neighbourOf: (address) => neighbours.get(networkOf(address)),
    hasScripts: [...(host.vrrp ?? []), ...(host.syncGroups ?? [])].some(({ notify }) => notify.length > 0),
  };
}

const vipsOf = remembered((cluster: Cluster): ReadonlySet<string | undefined> => {
  const instances = cluster.hosts.flatMap(({ vrrp = [] }) => vrrp);
  return new Set(instances.flatMap(movedVips).map(({ value }) => value.key));
});

function networkOf(address: string): string | undefined {
  return networkKey(address, familyOf(address) === 6 ? 64 : 24);
}

/** An address of a virtual server that the host does not hold. */
export interface StrayAddress {
  readonly service: VirtualService;
  readonly at: Fact<string>;
  /** How many other services have the same address. */
  readonly others: number;
}

/** Addresses of services that the host does not hold, each with the first service that has it. */
export function strayAddresses(
  { services }: HostWith<'services'>,
  held: HeldAddresses,
): ReadonlyMap<string, StrayAddress> {
  const strays = new Map<string, StrayAddress & { others: number }>();
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
