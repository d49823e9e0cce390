import type { Family, Host } from './cluster.ts';
import { familyOf, networkKey } from './endpoint.ts';
import { movedVips } from './vip-list.ts';

/** The networks that a host is connected to, as far as its files show. */
export interface Subnets {
  readonly keys: ReadonlySet<string>;
  /** The prefix lengths that occur, by family: an address is looked up once for each. */
  readonly prefixes: Readonly<Record<Family, ReadonlySet<number>>>;
}

/**
 * The networks of a host's own interfaces that prefixes of its addresses give away: VIPs, static addresses, addresses
 * that scripts raise. A VIP of /32 or /128 says nothing, and an address on `lo` opens no link.
 */
export function subnetsOf(host: Host): Subnets {
  const keys = new Set<string>();
  const prefixes = { 4: new Set<number>(), 6: new Set<number>() };
  const add = (key: string | undefined, prefix: number | undefined, device: string | undefined) => {
    if (key === undefined || prefix === undefined || device === 'lo') return;
    const family = familyOf(key);
    const network = prefix < (family === 6 ? 128 : 32) ? networkKey(key, prefix) : undefined;
    if (network === undefined) return;
    keys.add(network);
    prefixes[family].add(prefix);
  };
  for (const instance of host.vrrp ?? [])
    for (const { value } of movedVips(instance)) add(value.key, value.prefix, value.device);
  for (const { value } of host.staticAddresses ?? []) add(value.key, value.prefix, value.device);
  for (const { key, prefix, interface: device } of host.addresses ?? [])
    add(key, prefix?.value, device.value);
  return { keys, prefixes };
}

/** Whether an address lies in one of these networks; undefined where none of its family is known. */
export function isOnLink({ keys, prefixes }: Subnets, address: string): boolean | undefined {
  const lengths = prefixes[familyOf(address)];
  if (lengths.size === 0) return undefined;
  for (const prefix of lengths) if (keys.has(networkKey(address, prefix) ?? '')) return true;
  return false;
}
