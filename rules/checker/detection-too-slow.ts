import { defineRule } from '../../src/judge/rule.ts';
import { ADVISED_DETECTION, fastestDetection } from '../../src/model/check-timing.ts';
import { servicesOf } from '../../src/model/duties.ts';

/** Seconds: above this, clients have complained before the server is out. */
const TOO_LONG = 60;

export default defineRule({
  id: 'checker/detection-too-slow',
  severity: 'warning',
  title: 'a dead server keeps its clients for a minute or more',
  why: 'Until the check has failed for good, every connection that is given to the dead server hangs.',
  remedy:
    'Write for example delay_loop 3, connect_timeout 2, retry 1 and delay_before_retry 1: out after 8 s at most.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      let slowest: ReturnType<typeof fastestDetection>;
      let label = '';
      for (const server of service.realServers) {
        const detection = fastestDetection(server);
        if (detection === undefined || detection.seconds <= (slowest?.seconds ?? ADVISED_DETECTION)) continue;
        slowest = detection;
        label = server.label;
      }
      if (slowest === undefined || service.realServers.length < 2) continue;
      const { seconds, longest, checker } = slowest;
      const { delayLoop, retry } = checker;
      report({
        host,
        about: service,
        at: longest,
        message: `a dead ${label} stays in ${service.label} for up to ${Math.round(seconds)} s: delay_loop ${delayLoop?.value}${delayLoop?.basis === 'default' ? ' (the default)' : ''}, then ${(retry?.value ?? 0) + 1} tries`,
        ...(seconds <= TOO_LONG && { severity: 'info' }),
      });
    }
  },
});
