import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import type { Checker, CheckerUrl } from '../../src/model/service.ts';

export default defineRule({
  id: 'checker/silently-dropped',
  severity: 'error',
  title: 'a check lacks its essential part, so keepalived drops it',
  why: 'Without the check the real server counts as always up and keeps its share of the connections when it is dead.',
  remedy: 'Complete the check, or delete it and write another one.',
  needs: ['services'],
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
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

interface Lack {
  readonly at: Checker | CheckerUrl | NonNullable<Checker['undefinedName']>;
  readonly what: string;
}

function lackOf(checker: Checker): Lack | undefined {
  const { kind, urls = [], command, undefinedName, other } = checker;
  if (kind === 'HTTP_GET' || kind === 'SSL_GET') {
    if (urls.length === 0) return { at: checker, what: 'it has no url' };
    if (urls.some(({ path }) => path !== undefined && path.value !== '')) return undefined;
    return { at: urls[0] ?? checker, what: 'its url has no path' };
  }
  if (kind === 'MISC_CHECK')
    return command === undefined || command.value === ''
      ? { at: checker, what: 'it has no misc_path' }
      : undefined;
  if (undefinedName !== undefined)
    return {
      at: undefinedName,
      what: `nothing defines ${kind === 'FILE_CHECK' ? 'the track_file' : 'the bfd_instance'} ${undefinedName.value}`,
    };
  if (kind === 'FILE_CHECK' && !other.has('track_file')) return { at: checker, what: 'it has no track_file' };
  if (kind === 'BFD_CHECK' && !other.has('name')) return { at: checker, what: 'it has no name' };
  return undefined;
}
