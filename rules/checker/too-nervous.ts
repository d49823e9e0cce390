import { defineRule } from '../../src/judge/rule.ts';
import { ADVISED_DETECTION, detectionTime } from '../../src/model/check-timing.ts';
import type { Checker, VirtualService } from '../../src/model/service.ts';

export default defineRule({
  id: 'checker/too-nervous',
  severity: 'warning',
  title: 'one lost packet takes a healthy server out',
  why: 'A short timeout without a second try fails with every lost packet: servers flap, and each time clients are cut off.',
  remedy: 'Write retry 1 or more, or give the connection more than a second.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const service of host.services) {
        const { label, checker } = firstCheck(service, isHasty) ?? {};
        if (checker?.retry !== undefined)
          report({
            host,
            about: service,
            at: checker.retry,
            message: `the ${checker.kind} of ${label} gives up after one try of ${checker.connectTimeout?.value} s`,
          });
        const long = firstCheck(service, isLong);
        if (long?.checker.connectTimeout !== undefined)
          report({
            host,
            about: service,
            at: long.checker.connectTimeout,
            severity: 'info',
            message: `the ${long.checker.kind} of ${long.label} waits up to ${long.checker.connectTimeout.value} s, longer than its delay_loop of ${long.checker.delayLoop?.value} s`,
            why: 'A check that hangs delays the next one: servers are checked less often than delay_loop says.',
            remedy: 'Write a connect_timeout below delay_loop.',
          });
      }
    }
  },
});

function firstCheck(service: VirtualService, isMeant: (checker: Checker) => boolean) {
  for (const server of service.realServers)
    for (const checker of server.checkers ?? [])
      if (isMeant(checker)) return { label: server.label, checker };
  return undefined;
}

function isHasty({ retry, connectTimeout }: Checker): boolean {
  return retry?.value === 0 && connectTimeout !== undefined && connectTimeout.value <= 1;
}

/** Where it makes a dead server stay for long, that is told instead. */
function isLong(checker: Checker): boolean {
  const { connectTimeout, delayLoop } = checker;
  if (connectTimeout === undefined || delayLoop === undefined) return false;
  return connectTimeout.value > delayLoop.value && (detectionTime(checker) ?? 0) <= ADVISED_DETECTION;
}
