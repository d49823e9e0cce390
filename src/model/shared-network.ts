import type { Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import { isQuietDevice } from './device.ts';
import { allServices, exemplaryServers } from './duties.ts';
import { inPrefix } from './endpoint.ts';
import type { RealServer } from './service.ts';
import { movedVips } from './vip-list.ts';

/** An IPv4 VIP that stands in one network with a server behind NAT. */
export interface SharedNetwork {
  readonly vip: string;
  readonly prefix: number;
  readonly device: string;
  readonly server: RealServer;
  /** Where the VIP is raised. */
  readonly at: Located;
}

/** The first such VIP of a director whose network its files tell; a /32 tells none. */
export function sharedNetwork(host: Host): SharedNetwork | undefined {
  const isMeant = ({ method, family }: RealServer) => method.value === 'NAT' && family === 4;
  if (!exemplaryServers(host).some(isMeant)) return undefined;
  const raised = raisedAddresses(host);
  for (const { endpoints, realServers } of allServices(host)) {
    const server = realServers.find(isMeant);
    if (server === undefined) continue;
    for (const { address } of endpoints) {
      const vip = address && raised.get(address.value);
      if (address === undefined || vip === undefined) continue;
      if (inPrefix(server.address.value, address.value, vip.prefix))
        return { vip: address.value, server, ...vip };
    }
  }
  return undefined;
}

interface Raised {
  readonly prefix: number;
  readonly device: string;
  readonly at: Located;
}

/** The IPv4 addresses that a host raises on a link, by VRRP or by script, with the network that they bring. */
function raisedAddresses({ vrrp = [], addresses = [] }: Host): ReadonlyMap<string, Raised> {
  const raised = new Map<string, Raised>();
  const add = (key: string | undefined, prefix: number | undefined, device: string, at: Located) => {
    if (key !== undefined && prefix !== undefined && prefix < 31 && !isQuietDevice(device))
      raised.set(key, { prefix, device, at });
  };
  for (const instance of vrrp)
    for (const vip of movedVips(instance))
      if (vip.value.family === 4)
        add(vip.value.key, vip.value.prefix, vip.value.device ?? instance.interface?.value ?? '', vip);
  for (const { key, family, prefix, interface: device, address } of addresses)
    if (family === 4) add(key, prefix?.value, device.value, address);
  return raised;
}
