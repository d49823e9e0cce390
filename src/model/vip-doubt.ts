import type { Fact } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import {
  inPrefix,
  isBroadcastAddress,
  isLoopbackAddress,
  isMulticastAddress,
  isNetworkAddress,
} from './endpoint.ts';
import { movedVips } from './vip-list.ts';
import type { Vip, VrrpInstance } from './vrrp.ts';
import { isOwner } from './vrrp-effect.ts';

/** What is wrong with a VIP as an address, and how sure that is. */
export interface VipDoubt {
  readonly vip: Fact<Vip>;
  /** Follows the address. */
  readonly what: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly why?: string;
  readonly remedy?: string;
  readonly toldByKeepalived?: boolean;
}

/** The VIPs of an instance on which no node can answer, or not as the list stands. */
export function vipDoubts(host: Host, instance: VrrpInstance): readonly VipDoubt[] {
  const { vips, family } = instance;
  const doubts = movedVips(instance).flatMap((vip): VipDoubt[] => {
    const doubt = doubtAbout(host, instance, vip.value);
    return doubt === undefined ? [] : [{ vip, ...doubt }];
  });
  const other = vips.find(({ value }) => value.key !== undefined && value.family !== family);
  if (other !== undefined)
    doubts.push({
      vip: other,
      what: `is IPv${other.value.family} in a list of IPv${family} addresses, so keepalived leaves it out`,
      severity: 'error',
      toldByKeepalived: true,
      remedy: 'Move it to virtual_ipaddress_excluded, or give it an instance of its own.',
    });
  const [first] = vips;
  if (family === 6 && first?.value.key && !inPrefix(first.value.key, 'fe80::', 10))
    doubts.push({
      vip: first,
      what: 'is the first IPv6 address and not link-local',
      severity: 'info',
      toldByKeepalived: instance.strict?.value === true,
      why: 'RFC 5798 wants the link-local address of the virtual router first; keepalived runs without it.',
      remedy: 'List a link-local VIP such as fe80::100/64 first.',
    });
  return doubts;
}

/** Kinds of addresses that keepalived 2.2.7 takes without a word and that no neighbour can use. */
function doubtAbout(host: Host, instance: VrrpInstance, vip: Vip): Omit<VipDoubt, 'vip'> | undefined {
  const { key, prefix, address, device } = vip;
  if (key === undefined) return undefined;
  const error = (what: string) => ({ severity: 'error', what }) as const;
  if (key === '0.0.0.0' || key === '::') return error('is no address of a host');
  if (isLoopbackAddress(key)) return error('is a loopback address, which never leaves the node');
  if (isMulticastAddress(key)) return error('is a multicast address');
  if (prefix !== undefined && isNetworkAddress(key, prefix))
    return error(`is the network itself in ${address}/${prefix}`);
  if (prefix !== undefined && isBroadcastAddress(key, prefix))
    return error(`is the broadcast address of its /${prefix}`);
  if (host.ownAddresses.has(key) && !isOwner(instance))
    return error('is an address that the node keeps for itself');
  if (device === 'lo')
    return {
      severity: 'warning',
      what: 'is put on lo, where nobody asks for it: it works only where a routing daemon announces it',
    };
  if (inPrefix(key, '169.254.0.0', 16))
    return { severity: 'info', what: 'is link-local: no router forwards to it' };
  return undefined;
}
