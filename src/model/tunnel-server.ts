import type { Cluster, Host } from './cluster.ts';
import { isTunnelDevice } from './device.ts';
import { type Balanced, methodsOf } from './duties.ts';
import { type HeldVip, heldVips } from './held-vip.ts';

/** A VIP whose packets reach this host in a tunnel. */
export interface TunnelVip {
  readonly host: Host;
  readonly vip: HeldVip;
  /** The kernel's tunnel device that unwraps them: the VIP's own, else IPIP's, which is always there. */
  readonly device: string;
  /** Undefined where only the VIP's device shows that there is a tunnel. */
  readonly balanced: Balanced | undefined;
}

/** The first IPv4 VIP of each host whose packets come through a tunnel: by its device, or by all its services. */
export function tunnelVips(cluster: Cluster): readonly TunnelVip[] {
  return cluster.hosts.flatMap((host) => {
    for (const vip of heldVips(cluster, host)) {
      if (vip.address.family === 6) continue;
      const device = vip.address.interface.value;
      const [balanced] = vip.services;
      const isTunnelled = vip.services.every(({ service }) => {
        const methods = methodsOf(service);
        return methods.has('TUN') && methods.size === 1;
      });
      if (isTunnelDevice(device) ? isTunnelled || balanced === undefined : isTunnelled && balanced)
        return [{ host, vip, device: isTunnelDevice(device) ? device : 'tunl0', balanced }];
    }
    return [];
  });
}
