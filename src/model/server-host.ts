import type { Cluster, Host } from './cluster.ts';
import { remembered } from './memory.ts';
import { onlyPort } from './ports.ts';
import type { RealServer, VirtualService } from './service.ts';

const byAddress = remembered(
  ({ hosts }: Cluster): ReadonlyMap<string, Host> =>
    new Map(hosts.flatMap((host) => [...host.ownAddresses].map((address) => [address, host] as const))),
);

/** The host of the run that a real server's address belongs to; of a subject that is no server there is none. */
export function hostOfServer(cluster: Cluster, { address }: Partial<RealServer>): Host | undefined {
  return address && byAddress(cluster).get(address.value);
}

/** The port of a server on which nothing listens, where somebody looked; what a kernel module answers has no socket. */
export function silentPort(
  { sockets }: Host,
  { port }: RealServer,
  service: VirtualService,
): number | undefined {
  const wanted = port?.value || onlyPort(service);
  if (sockets === undefined || !wanted || service.protocol?.value !== 'TCP') return undefined;
  return sockets.some((socket) => socket.protocol === 'TCP' && socket.port === wanted) ? undefined : wanted;
}
