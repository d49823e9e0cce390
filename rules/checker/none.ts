import { defineRule } from '../../src/judge/rule.ts';
import { connectFix } from '../../src/model/check-lack.ts';
import { isBlockDamaged } from '../../src/model/damage.ts';
import { unwatchedServices } from '../../src/model/monitors.ts';
import { traitsOf } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'checker/none',
  severity: 'error',
  title: 'a real server is never checked',
  why: 'It keeps its share of the connections when it is dead: with n servers, every n-th request fails until somebody notices.',
  remedy: 'Add TCP_CHECK at least, HTTP_GET or SSL_GET for the web, UDP_CHECK or DNS_CHECK for datagrams.',
  needs: ['services'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const service of host.services) {
        const { manager, realServers, sorryServer, label } = service;
        if (manager !== 'keepalived' || !traitsOf(service).hasUnchecked) continue;
        const [first, ...others] = realServers.filter(
          (server) => server.checkers?.length === 0 && !isBlockDamaged(host, server),
        );
        if (first === undefined) continue;
        report({
          host,
          about: service,
          at: first,
          message:
            others.length > 0 && others.length + 1 === realServers.length
              ? `none of the ${realServers.length} real servers of ${label} is checked`
              : `${first.label} of ${label} is not checked${others.length > 0 ? `, nor are ${others.length} more` : ''}`,
          related: others.slice(0, 3).map((server) => ({ at: server, message: 'not checked either' })),
          // With nobody to stand in, a check would change nothing but the log.
          severity: realServers.length === 1 && sorryServer === undefined ? 'info' : 'error',
          fix: connectFix(service, [first, ...others]),
        });
      }
      const [first, ...others] = unwatchedServices(host);
      if (first === undefined) continue;
      report({
        host,
        about: first,
        at: first,
        // A saved table alone does not say who filled it.
        severity: first.manager === 'script' ? 'warning' : 'info',
        message: `nothing that was given watches the ${first.realServers.length} real servers of ${first.label}${others.length > 0 ? `, nor those of ${others.length} more` : ''}`,
        remedy: 'Let keepalived manage the table (virtual_server blocks with checks), or run ldirectord.',
      });
    }
  },
});
