import { defineRule } from '../../src/judge/rule.ts';
import { hostOfServer, silentPort } from '../../src/model/server-host.ts';
import { takenOut } from '../../src/model/taken-out.ts';

export default defineRule({
  id: 'drift/server-taken-out',
  severity: 'warning',
  title: 'a real server is out of service because its check fails',
  why: 'The others carry its share; with the last one the service is gone.',
  remedy:
    'Try from the director what the check tries (curl, nc), and start what does not answer on the server.',
  needs: ['services', 'table'],
  evenIfPartial: true,
  follows: [
    'drift/daemon-not-running',
    'firewall/support-traffic-blocked',
    'firewall/vip-traffic-blocked',
    'arp/vip-not-host-mask',
  ],
  check({ hosts, whole }, report) {
    for (const host of hosts) {
      for (const { service, server, running, isUsedElsewhere } of takenOut(whole, host)) {
        if (isUsedElsewhere) continue;
        const [check] = server.checkers ?? [];
        const home = hostOfServer(whole, server);
        const port = home && silentPort(home, server, service);
        const name = home ? `${home.label} (${server.label})` : server.label;
        const silent = port === undefined ? '' : `, and nothing listens on port ${port} of ${home?.label}`;
        const isLast = running.realServers.every(({ weight }) => weight.value === 0);
        report({
          host,
          about: server,
          at: server,
          involves: [home],
          message: `${name} is taken out of ${service.label} by its check${silent}${isLast ? '; no server is left' : ''}`,
          related: [
            { at: check, message: 'this check fails' },
            { at: running, message: 'what the kernel has of the service' },
          ],
          severity: isLast ? 'error' : 'warning',
        });
      }
    }
  },
});
