import type { ForwardingMethod } from './service.ts';

/** DR and TUN pass packets on as they are: they arrive with the VIP as their destination, and on the port of the service. */
export function isDirect(method: ForwardingMethod): boolean {
  return method === 'DR' || method === 'TUN';
}
