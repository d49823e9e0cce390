import type { Host } from './cluster.ts';
import {
  inPrefix,
  isBroadcastAddress,
  isLoopbackAddress,
  isMulticastAddress,
  isNetworkAddress,
} from './endpoint.ts';
import type { Vip, VrrpInstance } from './vrrp.ts';
import { isOwner } from './vrrp-effect.ts';

/** Why a node cannot answer on a VIP, and how sure that is. */
export interface VipDoubt {
  readonly severity: 'error' | 'warning' | 'info';
  readonly why: string;
}

/** Kinds of addresses that keepalived 2.2.7 takes without a word and that no neighbour can use. */
export function doubtAbout(host: Host, instance: VrrpInstance, vip: Vip): VipDoubt | undefined {
  const { key, prefix, address, device } = vip;
  if (key === undefined) return undefined;
  const error = (why: string): VipDoubt => ({ severity: 'error', why });
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
      why: 'is put on lo, where nobody asks for it: it works only where a routing daemon announces it',
    };
  if (inPrefix(key, '169.254.0.0', 16))
    return { severity: 'info', why: 'is link-local: no router forwards to it' };
  return undefined;
}
