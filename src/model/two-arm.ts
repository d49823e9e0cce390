import type { HostWith } from './cluster.ts';
import { allServices } from './duties.ts';
import { inPrefix } from './endpoint.ts';
import type { RealServer } from './service.ts';
import { serviceVips } from './strict.ts';
import { syncGroupOf } from './sync-group.ts';
import type { VrrpInstance } from './vrrp.ts';

/** Two instances of a NAT director that have to be master together, and are not told so. */
export interface TwoArms {
  readonly outside: VrrpInstance;
  readonly inside: VrrpInstance;
  readonly server: RealServer;
}

/** Where an address has no length: what networks of real servers usually have. */
const USUAL_LENGTH = { 4: 24, 6: 64 } as const;

/** Instances whose address is in the network of NAT real servers, apart from the instance that holds their VIP. */
export function insideGateways(host: HostWith<'vrrp'>): readonly TwoArms[] {
  if (new Set(host.vrrp.map((instance) => instance.interface?.value)).size < 2) return [];
  // A group without members was not read as it was meant, and is reported for that.
  if (host.syncGroups?.some(({ members }) => members.length === 0)) return [];
  const servers = natServers(host);
  const outer = host.vrrp.filter((instance) => serviceVips(host, instance).length > 0);
  if (servers.length === 0 || outer.length === 0) return [];
  const clientSide = new Set(outer);
  return host.vrrp.flatMap((inside) => {
    if (clientSide.has(inside)) return [];
    const server = servers.find(({ address }) =>
      inside.vips.some(
        ({ value: { key, prefix, family } }) =>
          key !== undefined &&
          inPrefix(address.value, key, Math.min(prefix ?? 0, 31) || USUAL_LENGTH[family]),
      ),
    );
    const outside = outer.find((other) => other.interface?.value !== inside.interface?.value);
    if (server === undefined || outside === undefined) return [];
    const group = syncGroupOf(host, inside);
    return group !== undefined && group === syncGroupOf(host, outside) ? [] : [{ outside, inside, server }];
  });
}

/** A server for each /24 or /64: enough to tell the networks, however many servers there are. */
function natServers(host: HostWith<'vrrp'>): readonly RealServer[] {
  const networks = new Map<string, RealServer>();
  for (const { realServers } of allServices(host)) {
    for (const server of realServers) {
      if (server.method.value !== 'NAT') continue;
      const { value } = server.address;
      const network =
        server.family === 4 ? value.slice(0, value.lastIndexOf('.')) : value.split(':', 4).join(':');
      if (!networks.has(network)) networks.set(network, server);
    }
  }
  return [...networks.values()];
}
