import type { Cluster, HostWith } from './cluster.ts';
import type { VirtualService } from './service.ts';
import { receivingSocket, type Side } from './service-difference.ts';
import { apart, takenOut } from './taken-out.ts';

/**
 * What the files of a host want and what its kernel has, as far as the two can be compared: a server with a check may
 * be out, or have weight 0, because its check fails. Where another director uses it, somebody else took it out.
 */
export function tableSides(cluster: Cluster, host: HostWith<'services' | 'table'>): readonly [Side, Side] {
  const down = new Set(
    takenOut(cluster, host).flatMap(({ service, server, running, isUsedElsewhere }) => {
      const socket = receivingSocket(service, server);
      return isUsedElsewhere
        ? []
        : service.endpoints.flatMap(({ key }) => [`${key} ${socket}`, `${running.id} ${socket}`]);
    }),
  );
  const wanted = host.services.flatMap(apart).map((service) => ({
    ...service,
    realServers: service.realServers.filter((server) =>
      service.endpoints.every(({ key }) => !down.has(`${key} ${receivingSocket(service, server)}`)),
    ),
  }));
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
