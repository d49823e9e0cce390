import type { Fact, Located } from '../evidence/fact.ts';
import type { HostWith } from './cluster.ts';
import { isQuietDevice } from './device.ts';
import { isLinkLocalAddress } from './endpoint.ts';
import { groupBy } from './grouping.ts';
import { movedVips, namesOf } from './vip-list.ts';
import type { Vip, VrrpInstance } from './vrrp.ts';
import { isOwner } from './vrrp-effect.ts';

/** An address and the instance that moves it. */
export interface Carrier {
  readonly vip: Fact<Vip>;
  readonly instance: VrrpInstance;
  /** Equal for two that are one address: a link-local one belongs to its link. Undefined for what is none. */
  readonly key: string | undefined;
}

/** A VIP that an earlier line of the host has already. */
export interface RepeatedVip extends Carrier {
  readonly other: Carrier;
  /** Further ones that the two instances share. */
  readonly more: readonly Fact<Vip>[];
  /** All of them, short. */
  readonly names: string;
}

/** The VIPs that several lines raise, each with the first of these lines: one for any two instances. */
export function repeatedVips(host: HostWith<'vrrp'>): readonly RepeatedVip[] {
  const carriers = carriersOf(host);
  const first = firstByKey(carriers);
  const repeated = carriers.flatMap((carrier) => {
    const other = first.get(carrier.key ?? '');
    return other === undefined || other === carrier ? [] : [{ ...carrier, other }];
  });
  const pairs = groupBy(repeated, ({ instance, other }) => `${instance.id}\n${other.instance.id}`);
  return [...pairs.values()].flatMap(([one, ...others]) => {
    if (one === undefined) return [];
    const distinct = new Map([one, ...others].map(({ key, vip }) => [key, vip]));
    return [{ ...one, more: others.map(({ vip }) => vip), names: namesOf([...distinct.values()]) }];
  });
}

function firstByKey(carriers: readonly Carrier[]): ReadonlyMap<string, Carrier> {
  return new Map(
    carriers.flatMap((each) => (each.key === undefined ? [] : [[each.key, each] as const])).reverse(),
  );
}

/** Every VIP of a host with its instance, advertised or not, in the order of the file. */
function carriersOf(host: HostWith<'vrrp'>): readonly Carrier[] {
  return host.vrrp.flatMap((instance) =>
    movedVips(instance).map((vip) => ({ vip, instance, key: keyOf(vip, instance) })),
  );
}

function keyOf({ value: { key, device } }: Fact<Vip>, instance: VrrpInstance): string | undefined {
  if (key === undefined || !isLinkLocalAddress(key)) return key;
  return `${key}%${device ?? instance.interface?.value ?? ''}`;
}

/** A VIP that a host has whoever is master, besides the owner of an address. */
export interface StandingVip extends Carrier {
  readonly at: Located;
  readonly how: string;
}

/** What raises addresses besides VRRP. On lo and its like a VIP is that of a real server, which a director may be too. */
export function standingVips(host: HostWith<'vrrp'>): readonly StandingVip[] {
  const first = firstByKey(carriersOf(host));
  return standingAddresses(host).flatMap(({ key, at, how }) => {
    const carrier = first.get(key);
    return carrier === undefined || isOwner(carrier.instance) ? [] : [{ ...carrier, at, how }];
  });
}

function standingAddresses(host: HostWith<'vrrp'>) {
  const written = (host.staticAddresses ?? []).flatMap((at) =>
    at.value.key === undefined ? [] : [{ key: at.value.key, at, how: 'static_ipaddress' }],
  );
  const raised = (host.addresses ?? [])
    .filter(({ interface: device }) => !isQuietDevice(device.value))
    .map((at) => ({ key: at.key, at, how: 'a script' }));
  return [...written, ...raised];
}
