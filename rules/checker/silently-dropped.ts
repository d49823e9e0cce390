import { defineRule } from '../../src/judge/rule.ts';
import { lackOf } from '../../src/model/check-lack.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { usesCheck } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'checker/silently-dropped',
  severity: 'error',
  title: 'a check lacks its essential part, so keepalived drops it',
  why: 'Without the check the real server counts as always up and keeps its share of the connections when it is dead.',
  remedy: 'Complete the check, or delete it and write another one.',
  needs: ['services'],
  // What stands behind a missing brace was not lost, only misplaced.
  follows: ['syntax/unbalanced-braces'],
  toldByKeepalived: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (!usesCheck(service, 'HTTP_GET', 'SSL_GET', 'MISC_CHECK', 'FILE_CHECK', 'BFD_CHECK')) continue;
      for (const { label, checkers = [] } of service.realServers) {
        for (const checker of checkers) {
          const lack = lackOf(checker);
          if (lack === undefined) continue;
          const isOnly = checkers.every((other) => other === checker || lackOf(other) !== undefined);
          report({
            host,
            about: service,
            at: lack.at,
            message: `keepalived drops the ${checker.kind} of ${label}: ${lack.what}`,
            ...(!isOnly && {
              severity: 'warning',
              why: 'The other checks of the server go on, this one is never made.',
            }),
          });
        }
      }
    }
  },
});
