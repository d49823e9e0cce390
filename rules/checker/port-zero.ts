import { defineRule } from '../../src/judge/rule.ts';
import { lackOf } from '../../src/model/check-lack.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { checkedPort, onlyPort } from '../../src/model/ports.ts';

/** Checks that connect to a port and know none of their own. */
const CONNECTS = new Set(['TCP_CHECK', 'HTTP_GET', 'SSL_GET', 'UDP_CHECK']);

export default defineRule({
  id: 'checker/port-zero',
  severity: 'error',
  title: 'a check connects to port 0',
  why: 'Nothing answers on port 0, so the check fails always and the server never gets a connection.',
  remedy:
    'Write connect_port into the check: the real server of a mark, a group or an all-ports service has no port of its own.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      // Only these lend no port to their servers.
      const lendsPort = service.group === undefined && onlyPort(service) !== undefined;
      if (service.endpoints.length === 0 || lendsPort) continue;
      const mistaken = service.realServers.flatMap((server) => {
        const checker = server.checkers?.find(
          (each) =>
            CONNECTS.has(each.kind) && checkedPort(service, server, each) === 0 && lackOf(each) === undefined,
        );
        return checker === undefined ? [] : [{ server, checker }];
      });
      const [first, ...others] = mistaken;
      if (first === undefined) continue;
      report({
        host,
        about: service,
        at: first.checker,
        message: `the ${first.checker.kind} of ${first.server.label} connects to port 0: neither the check nor the server of ${service.label} names a port`,
        related: others.slice(0, 3).map(({ checker }) => ({ at: checker, message: 'so does this one' })),
      });
    }
  },
});
