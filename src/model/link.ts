import type { Fact } from '../evidence/fact.ts';
import { addressKey, inPrefix } from './endpoint.ts';
import type { VrrpInstance } from './vrrp.ts';
import { isUnicast } from './vrrp-effect.ts';

/** The VLAN in the name of a multicast instance's interface: eth0.120, bond0.120, vlan120. */
export function vlanOf(instance: VrrpInstance): string | undefined {
  if (isUnicast(instance)) return undefined;
  return /^(?:[a-z][a-z0-9]{0,15}\.|vlan)0{0,3}([1-9]\d{0,3})$/.exec(instance.interface?.value ?? '')?.[1];
}

/** The address that adverts come from, where the file says it. */
export function sourceOf(instance: VrrpInstance): Fact<string> | undefined {
  return instance.unicastSource ?? instance.other.get('mcast_src_ip');
}

/**
 * Whether a multicast instance sends from within the network of its first VIP; undefined where nobody can say: a VIP
 * without a prefix length, or on another device.
 */
export function besideVip(instance: VrrpInstance): 'inside' | 'outside' | undefined {
  const source = addressKey(sourceOf(instance)?.value ?? '');
  const vip = instance.vips[0]?.value;
  if (isUnicast(instance) || source === undefined || vip?.key === undefined) return undefined;
  if (vip.prefix === undefined || vip.prefix > 30 || vip.device !== undefined) return undefined;
  return inPrefix(source, vip.key, vip.prefix) ? 'inside' : 'outside';
}
