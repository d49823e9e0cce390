import type { Fact, Located } from '../evidence/fact.ts';
import type { HostWith } from './cluster.ts';
import { isLinkLocalAddress } from './endpoint.ts';
import { QUIET_DEVICE } from './roles.ts';
import type { Vip, VrrpInstance } from './vrrp.ts';

/** An address and the instance that moves it. */
export interface Carrier {
  readonly vip: Fact<Vip>;
  readonly instance: VrrpInstance;
  /** Equal for two that are one address: a link-local one belongs to its link. Undefined for what is none. */
  readonly key: string | undefined;
}

/** Every VIP of a host with its instance, advertised or not, in the order of the file. */
export function carriersOf(host: HostWith<'vrrp'>): readonly Carrier[] {
  return host.vrrp.flatMap((instance) =>
    [...instance.vips, ...instance.excludedVips].map((vip) => ({ vip, instance, key: keyOf(vip, instance) })),
  );
}

function keyOf({ value: { key, device } }: Fact<Vip>, instance: VrrpInstance): string | undefined {
  if (key === undefined || !isLinkLocalAddress(key)) return key;
  return `${key}%${device ?? instance.interface?.value ?? ''}`;
}

/** An address that a host has whoever is master. */
export interface StandingAddress {
  readonly key: string;
  readonly at: Located;
  readonly how: string;
}

/** What raises addresses besides VRRP. On lo and its like a VIP is that of a real server, which a director may be too. */
export function standingAddresses(host: HostWith<'vrrp'>): readonly StandingAddress[] {
  const written = (host.staticAddresses ?? []).flatMap((at) =>
    at.value.key === undefined ? [] : [{ key: at.value.key, at, how: 'static_ipaddress' }],
  );
  const raised = (host.addresses ?? [])
    .filter(({ interface: device }) => !QUIET_DEVICE.test(device.value))
    .map((at) => ({ key: at.key, at, how: 'a script' }));
  return [...written, ...raised];
}
