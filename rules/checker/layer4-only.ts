import { defineRule } from '../../src/judge/rule.ts';
import { deepApplication } from '../../src/model/applications.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { servedPort } from '../../src/model/ports.ts';

export default defineRule({
  id: 'checker/layer4-only',
  severity: 'info',
  title: 'a check sees only that the port is open',
  why: 'The kernel accepts connections for an application that hangs; a database that became read-only accepts them too.',
  remedy: 'Ask the application: HTTP_GET or SSL_GET with status_code, or a MISC_CHECK that runs a query.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (service.protocol?.value === 'UDP') continue;
      for (const server of service.realServers) {
        const { checkers = [], label } = server;
        const [first] = checkers;
        if (first === undefined || checkers.some(({ kind }) => kind !== 'TCP_CHECK' && kind !== 'PING_CHECK'))
          continue;
        const application = deepApplication(servedPort(service, server));
        if (application === undefined) break;
        report({
          host,
          about: service,
          at: first,
          message: `the ${first.kind} of ${label} does not see whether ${application} works, only that ${first.kind === 'PING_CHECK' ? 'the machine answers' : 'the port is open'}`,
        });
        break;
      }
    }
  },
});
