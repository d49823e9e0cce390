import type { Cluster, Host } from './cluster.ts';
import { isLoopbackAddress } from './endpoint.ts';
import { append } from './grouping.ts';
import { remembered } from './memory.ts';
import type { Endpoint, ForwardingMethod, RealServer, VirtualService } from './service.ts';

/** A virtual service that some host of the cluster balances. */
export interface Balanced {
  readonly director: Host;
  readonly service: VirtualService;
}

/** What a host does as a real server: which service it answers for, how packets reach it, and for which address. */
export interface Duty extends Balanced {
  readonly endpoint: Endpoint;
  readonly method: ForwardingMethod;
  /** The line that names this host, where its address is known. */
  readonly server: RealServer | undefined;
}

/** Wanted and running services of a host: the same type, judged by the same rules. */
export function allServices(host: Host): readonly VirtualService[] {
  if (host.table === undefined) return host.services ?? [];
  return [...(host.services ?? []), ...host.table];
}

/** Every service of these hosts, wanted or running, with its host. */
export function* servicesOf(hosts: readonly Host[]): Generator<Balanced> {
  for (const director of hosts) for (const service of allServices(director)) yield { director, service };
}

/** One real server of a host for each method and family that its services use: what a rule asks first. */
export const exemplaryServers = remembered((host: Host): readonly RealServer[] => {
  const found: RealServer[] = [];
  let last: RealServer | undefined;
  for (const { realServers } of allServices(host)) {
    for (const server of realServers) {
      const isLike = (other: RealServer) =>
        other.method.value === server.method.value && other.family === server.family;
      if (last !== undefined && isLike(last)) continue;
      last = found.find(isLike);
      if (last !== undefined) continue;
      found.push(server);
      last = server;
    }
  }
  return found;
});

/** How the packets of a service reach its servers; several where servers differ from each other. */
export const methodsOf = remembered(
  ({ method, realServers }: VirtualService): ReadonlySet<ForwardingMethod> =>
    new Set(realServers.length === 0 ? [method.value] : realServers.map((each) => each.method.value)),
);

/** The real servers of all services that no host of the run is known to be. */
export function unmetServers(cluster: Cluster): readonly string[] {
  const met = new Set(
    cluster.hosts.flatMap((host) =>
      dutiesOf(cluster, host).flatMap(({ server }) => server?.address.value ?? []),
    ),
  );
  return [...indexOf(cluster).byServerAddress.keys()].filter(
    (address) => !met.has(address) && !isLoopbackAddress(address),
  );
}

interface Index {
  readonly byServerAddress: ReadonlyMap<string, readonly (Balanced & { readonly server: RealServer })[]>;
  readonly byVip: ReadonlyMap<string, readonly (Balanced & { readonly endpoint: Endpoint })[]>;
}

/** Services by the address that clients use, in canonical text. */
export function servicesByVip(cluster: Cluster): Index['byVip'] {
  return indexOf(cluster).byVip;
}

/** Services by the address of a real server, with the line that names it. */
export function servicesByServer(cluster: Cluster): Index['byServerAddress'] {
  return indexOf(cluster).byServerAddress;
}

/**
 * The services that a host answers for: those that name one of its addresses as a real server, and those whose
 * address it holds itself without being one of their directors.
 */
export function dutiesOf(cluster: Cluster, host: Host): readonly Duty[] {
  const { byServerAddress, byVip } = indexOf(cluster);
  const duties: Duty[] = [];
  for (const address of new Set([...host.ownAddresses, ...(host.addresses ?? []).map(({ key }) => key)])) {
    for (const { director, service, server } of byServerAddress.get(address) ?? []) {
      // Each director means itself by 127.0.0.1.
      if (director !== host && isLoopbackAddress(address)) continue;
      for (const endpoint of service.endpoints)
        duties.push({ director, service, endpoint, method: server.method.value, server });
    }
  }
  const named = new Set(duties.map(({ service }) => service));
  for (const { key } of host.addresses ?? []) {
    for (const { director, service, endpoint } of byVip.get(key) ?? []) {
      if (director === host || named.has(service)) continue;
      for (const method of methodsOf(service))
        duties.push({ director, service, endpoint, method, server: undefined });
    }
  }
  return duties;
}

const indexOf = remembered((cluster: Cluster): Index => {
  const byServerAddress = new Map<string, (Balanced & { server: RealServer })[]>();
  const byVip = new Map<string, (Balanced & { endpoint: Endpoint })[]>();
  for (const director of cluster.hosts) {
    for (const service of allServices(director)) {
      for (const endpoint of service.endpoints) {
        if (endpoint.address !== undefined)
          append(byVip, endpoint.address.value, { director, service, endpoint });
      }
      for (const server of service.realServers)
        append(byServerAddress, server.address.value, { director, service, server });
    }
  }
  return { byServerAddress, byVip };
});
