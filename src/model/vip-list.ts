import type { Fact } from '../evidence/fact.ts';
import type { Vip, VrrpInstance } from './vrrp.ts';

/** Every address that an instance moves, advertised or not. */
export function movedVips({ vips, excludedVips }: VrrpInstance): readonly Fact<Vip>[] {
  return excludedVips.length === 0 ? vips : [...vips, ...excludedVips];
}

/** What tells two addresses apart in adverts: neither prefix nor label nor device (vrrp.c, vrrp_check_packet). */
export function vipKeyOf({ value }: Fact<Vip>): string | undefined {
  return value.key;
}

/** The advertised addresses as one text; undefined where one of them cannot be read, which is a fault of its own. */
export function vipListOf({ vips }: VrrpInstance): string | undefined {
  const keys = new Set(vips.map(vipKeyOf));
  return keys.has(undefined) ? undefined : [...keys].sort().join(' ');
}

/** `192.0.2.100 and 2 more` */
export function namesOf(vips: readonly Fact<Vip>[]): string {
  return `${vips[0]?.value.address ?? ''}${vips.length > 1 ? ` and ${vips.length - 1} more` : ''}`;
}
