import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { clientGroupOf, impliesPersistence } from '../../src/model/granularity.ts';
import { hashesSource } from '../../src/model/weights.ts';

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
      const { persistence, granularity, scheduler, realServers } = service;
      // What keepalived implies is a mistake of its own.
      if (persistence === undefined || impliesPersistence(service) || realServers.length < 2) continue;
      const group = clientGroupOf(service);
      if (group === undefined) continue;
      const { who, isWide } = group;
      const time = Number.isNaN(persistence.value) ? '' : ` for ${persistence.value} s`;
      const hash = hashesSource(service) ? scheduler : undefined;
      const twice = hash ? `, which ${hash.value} does already by its hash` : '';
      report({
        host,
        about: service,
        at: isWide && granularity !== undefined ? granularity : persistence,
        message: `${service.label} keeps ${who} on one server${time}${twice}`,
        related: [{ at: hash, message: `${hash?.value} sends a client address to one server` }],
        severity: isWide ? 'warning' : 'info',
      });
    }
  },
});
