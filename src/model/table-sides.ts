import type { HostWith } from './cluster.ts';
import type { RealServer, VirtualService } from './service.ts';
import { receivingSocket, type Side } from './service-difference.ts';

/**
 * What the files of a host want and what its kernel has, as far as the two can be compared: a server with a check may
 * be out, or have weight 0, because its check fails.
 */
export function tableSides(host: HostWith<'services' | 'table'>): readonly [Side, Side] {
  const running = new Map<string, VirtualService>();
  for (const service of host.table) for (const { key } of service.endpoints) running.set(key, service);
  const down = new Set<string>();
  const wanted = host.services.flatMap(apart).map((service) => {
    const shown = service.endpoints.flatMap(({ key }) => running.get(key) ?? [])[0];
    const weights = new Map(
      shown?.realServers.map((server) => [receivingSocket(service, server), server.weight.value]),
    );
    const isDown = (server: RealServer) =>
      isChecked(server) && !weights.get(receivingSocket(service, server));
    for (const server of service.realServers)
      if (shown !== undefined && isDown(server)) down.add(`${shown.id} ${receivingSocket(service, server)}`);
    return {
      ...service,
      realServers: service.realServers.filter((server) => shown === undefined || !isDown(server)),
    };
  });
  const table = host.table.map((service) => ({
    ...service,
    realServers: service.realServers.filter(
      (server) => !down.has(`${service.id} ${receivingSocket(service, server)}`),
    ),
  }));
  const home = (services: readonly VirtualService[]) => services[0] ?? host;
  return [
    {
      host,
      name: 'the configuration',
      where: 'in the configuration',
      services: wanted,
      home: home(host.services),
    },
    {
      host,
      name: 'the running table',
      where: 'in the running table',
      services: table,
      home: home(host.table),
    },
  ];
}

/** keepalived's groups are one service of the kernel for each address. */
function apart(service: VirtualService): readonly VirtualService[] {
  if (service.endpoints.length === 1) return [service];
  return service.endpoints.map((endpoint) => ({ ...service, label: endpoint.key, endpoints: [endpoint] }));
}

function isChecked({ checkers }: RealServer): boolean {
  return checkers !== undefined && checkers.length > 0;
}
