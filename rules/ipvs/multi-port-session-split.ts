import { defineRule } from '../../src/judge/rule.ts';
import { speaksHttp, speaksTls } from '../../src/model/applications.ts';
import type { VirtualService } from '../../src/model/service.ts';

const HASHES_SOURCE = new Set(['sh', 'mh']);

export default defineRule({
  id: 'ipvs/multi-port-session-split',
  severity: 'info',
  title: 'two persistent services of one site remember their clients apart',
  why: 'A client that changes from http to https may land on another server, where its session is unknown.',
  remedy:
    'Put both ports under one firewall mark and make that service persistent, or share sessions between servers.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const plain = new Map<string, VirtualService>();
      const sticky = host.services.filter(
        ({ persistence, scheduler, endpoints }) =>
          persistence !== undefined && !HASHES_SOURCE.has(scheduler.value) && endpoints.length === 1,
      );
      for (const service of sticky) {
        const [endpoint] = service.endpoints;
        if (endpoint?.address !== undefined && speaksHttp(endpoint.port?.value))
          plain.set(`${endpoint.address.value} ${serversOf(service)}`, service);
      }
      if (plain.size === 0) continue;
      for (const service of sticky) {
        const [endpoint] = service.endpoints;
        if (endpoint?.address === undefined || !speaksTls(endpoint.port?.value)) continue;
        const other = plain.get(`${endpoint.address.value} ${serversOf(service)}`);
        if (other === undefined || service.persistence === undefined) continue;
        report({
          host,
          about: service,
          at: service.persistence,
          message: `${service.label} and ${other.label} send one client to two servers: each remembers it on its own`,
          related: [{ at: other.persistence ?? other, message: other.label }],
        });
      }
    }
  },
});

function serversOf({ realServers }: VirtualService): string {
  return realServers
    .map(({ address }) => address.value)
    .sort()
    .join(' ');
}
