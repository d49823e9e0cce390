import type { ArpKey } from './arp-guard.ts';
import type { HeldVip } from './held-vip.ts';

/** What keeps the VIP of a real server from ARP, and nothing else. */
export const WANTED_ARP: Readonly<Record<ArpKey, number>> = { arp_ignore: 1, arp_announce: 2 };

/** What another value does. */
export interface ArpValueDoubt {
  readonly effect: string;
  readonly severity: 'error' | 'warning';
}

/** What the kernel does with a value (arp_ignore and arp_solicit in net/ipv4/arp.c; measured on 6.1 and 6.18). */
export function doubtAboutArpValue(
  name: ArpKey,
  value: number,
  vips: readonly HeldVip[],
): ArpValueDoubt | undefined {
  if (value === 0 || value === WANTED_ARP[name]) return undefined;
  if (name === 'arp_announce')
    return value === 1
      ? { effect: 'neighbours in the network of the VIP still hear it', severity: 'warning' }
      : { effect: 'the kernel takes it for 0 and tells the VIP', severity: 'error' };
  if (value === 2) return { effect: 'askers in another subnet get no answer either', severity: 'warning' };
  if (value === 8)
    return { effect: 'no address of the host is answered for, not even its own', severity: 'error' };
  if (value > 3) return { effect: 'the kernel takes it for 0 and answers for the VIP', severity: 'error' };
  if (vips.length > 0 && vips.every(({ address }) => address.scope === 'host')) return undefined;
  return {
    effect: 'only addresses of scope host are kept quiet',
    severity: vips.length > 0 ? 'error' : 'warning',
  };
}
