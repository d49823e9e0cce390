import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule, threshold } from '../../src/judge/rule.ts';
import { isHasty, outlastsItsLoop } from '../../src/model/check-timing.ts';
import { firstCheck } from '../../src/model/server-check.ts';

export default defineRule({
  id: 'checker/too-nervous',
  severity: 'warning',
  title: 'one lost packet takes a healthy server out',
  why: 'A short timeout without a second try fails with every lost packet: servers flap, and each time clients are cut off.',
  remedy: 'Write retry 1 or more, or give the connection more than a second.',
  needs: ['services'],
  evenIfPartial: true,
  thresholds: {
    timeout: threshold(1, 's', 'TCP sends a lost SYN again after 1 s (RFC 6298)'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const { timeout } = thresholdsOn(host);
      for (const service of host.services) {
        const hasty = firstCheck(service, (checker) => isHasty(checker, timeout));
        if (hasty?.checker.retry !== undefined)
          report({
            host,
            about: service,
            at: hasty.checker.retry,
            message: `the ${hasty.checker.kind} of ${hasty.server.label} gives up after one try of ${hasty.checker.connectTimeout?.value} s`,
            fix: reviewedFix('write 1', valued(hasty.checker.retry, 1)),
          });
        const long = firstCheck(service, outlastsItsLoop);
        if (long?.checker.connectTimeout !== undefined)
          report({
            host,
            about: service,
            at: long.checker.connectTimeout,
            severity: 'info',
            message: `the ${long.checker.kind} of ${long.server.label} waits up to ${long.checker.connectTimeout.value} s, longer than its delay_loop of ${long.checker.delayLoop?.value} s`,
            why: 'A check that hangs delays the next one: servers are checked less often than delay_loop says.',
            remedy: 'Write a connect_timeout below delay_loop.',
          });
      }
    }
  },
});
