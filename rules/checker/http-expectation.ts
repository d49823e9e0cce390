import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { httpDoubts } from '../../src/model/http-check.ts';
import { usesCheck } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'checker/http-expectation',
  severity: 'warning',
  title: 'an HTTP check expects what a healthy server may not answer',
  why: 'A healthy server fails the check and is taken out, all of them at once; or a default page answers for a dead site.',
  remedy:
    'Check a page made for it: path /healthz with status_code 200, virtualhost and enable_sni where names matter.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (!usesCheck(service, 'HTTP_GET', 'SSL_GET')) continue;
      // The same block is copied from server to server: once for each kind is enough.
      const said = new Set<string>();
      for (const { checkers = [] } of service.realServers) {
        for (const { kind, at, message } of checkers.flatMap(httpDoubts)) {
          if (said.size === said.add(kind).size) continue;
          report({ host, about: service, at, message, severity: kind === 'path' ? 'warning' : 'info' });
        }
      }
    }
  },
});
