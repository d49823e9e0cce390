import type { Cluster, Host } from './cluster.ts';
import { remembered } from './memory.ts';
import type { RealServer, VirtualService } from './service.ts';
import { receivingSocket } from './service-difference.ts';

/** A server that the files want and the running table does not use, as a check that fails leaves it. */
export interface TakenOut {
  /** As the files want it: one service for each address. */
  readonly service: VirtualService;
  readonly server: RealServer;
  /** The service in the kernel's table. */
  readonly running: VirtualService;
  /** Another director uses the server for the same service at this moment: it was not the server that failed. */
  readonly isUsedElsewhere: boolean;
}

const usedIn = remembered((host: Host): ReadonlySet<string> => {
  const used = new Set<string>();
  for (const service of host.table ?? [])
    for (const { key } of service.endpoints)
      for (const server of service.realServers)
        if (server.weight.value > 0) used.add(`${key} ${receivingSocket(service, server)}`);
  return used;
});

const runningByKey = remembered((host: Host): ReadonlyMap<string, VirtualService> => {
  const running = new Map<string, VirtualService>();
  for (const service of host.table ?? []) for (const { key } of service.endpoints) running.set(key, service);
  return running;
});

/** The service of the running table that answers for a wanted one. */
function runningFor(host: Host, { endpoints }: VirtualService): VirtualService | undefined {
  return endpoints.flatMap(({ key }) => runningByKey(host).get(key) ?? [])[0];
}

/**
 * The servers of a director that their checks may have taken out. keepalived removes a server whose check fails, and sets
 * its weight to 0 only with inhibit_on_failure; misc_dynamic sets any weight (keepalived.conf(5)).
 */
export function takenOut(cluster: Cluster, host: Host): readonly TakenOut[] {
  const others = cluster.hosts.filter((other) => other !== host && other.table !== undefined).map(usedIn);
  return (host.services ?? []).flatMap(apart).flatMap((service) => {
    const running = runningFor(host, service);
    if (running === undefined) return [];
    const weights = new Map(
      running.realServers.map((server) => [receivingSocket(service, server), server.weight.value]),
    );
    return service.realServers.flatMap((server): TakenOut[] => {
      const socket = receivingSocket(service, server);
      const weight = weights.get(socket);
      if (!isChecked(server) || (weight !== undefined && (weight > 0 || !mayQuiesce(service, server))))
        return [];
      const names = service.endpoints.map(({ key }) => `${key} ${socket}`);
      const isUsedElsewhere = others.some((used) => names.some((name) => used.has(name)));
      return [{ service, server, running, isUsedElsewhere }];
    });
  });
}

/** keepalived's groups are one service of the kernel for each address. */
export function apart(service: VirtualService): readonly VirtualService[] {
  if (service.endpoints.length === 1) return [service];
  return service.endpoints.map((endpoint) => ({ ...service, label: endpoint.key, endpoints: [endpoint] }));
}

function isChecked({ checkers }: RealServer): boolean {
  return checkers !== undefined && checkers.length > 0;
}

function mayQuiesce(service: VirtualService, { inhibitOnFailure, checkers = [] }: RealServer): boolean {
  return (
    (inhibitOnFailure ?? service.inhibitOnFailure)?.value === true ||
    checkers.some(({ miscDynamic, kind }) => miscDynamic?.value === true || WEIGHING.has(kind))
  );
}

/** Checks that change the weight by what they read. */
const WEIGHING = new Set(['FILE_CHECK', 'BFD_CHECK']);
