import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { granularityPrefix } from '../../src/model/granularity.ts';
import type { VirtualService } from '../../src/model/service.ts';

const HASHES_SOURCE = new Set(['sh', 'mh']);
/** Networks wider than this are whole sites and providers: their clients all go to one server. */
const WIDEST = { 4: 24, 6: 48 };

export default defineRule({
  id: 'ipvs/persistence-hides-distribution',
  severity: 'info',
  title: 'persistence keeps a client, or a whole network, on one server',
  why: 'All that comes from one address goes to one server: a proxy, a NAT gateway or a test from one client sees no balancing.',
  remedy:
    'Leave persistence out where the application keeps no session on the server; test with several client addresses.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const { persistence, granularity, scheduler, endpoints, realServers } = service;
      if (persistence === undefined || isImplied(service) || realServers.length < 2) continue;
      const width = endpoints[0]?.family === 6 ? 128 : 32;
      const prefix = granularity === undefined ? width : granularityPrefix(service, granularity.value);
      if (prefix === undefined) continue;
      const isWide = prefix < WIDEST[endpoints[0]?.family ?? 4];
      const who =
        prefix === 0
          ? 'all clients'
          : prefix < width
            ? `all clients of a /${prefix} network`
            : 'each client address';
      const time = Number.isNaN(persistence.value) ? '' : ` for ${persistence.value} s`;
      const twice = HASHES_SOURCE.has(scheduler.value)
        ? `, which ${scheduler.value} does already by its hash`
        : '';
      report({
        host,
        about: service,
        at: isWide && granularity !== undefined ? granularity : persistence,
        message: `${service.label} keeps ${who} on one server${time}${twice}`,
        related:
          twice === ''
            ? []
            : [{ at: scheduler, message: `${scheduler.value} sends a client address to one server` }],
        ...(isWide && { severity: 'warning' }),
      });
    }
  },
});

/** keepalived makes it persistent where nobody asked: a mistake of its own. */
function isImplied({ manager, persistence }: VirtualService): boolean {
  return manager === 'keepalived' && persistence?.basis === 'default';
}
