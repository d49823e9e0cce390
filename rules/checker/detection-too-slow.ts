import { defineRule, threshold } from '../../src/judge/rule.ts';
import { longestPart, slowestDetection } from '../../src/model/check-timing.ts';

export default defineRule({
  id: 'checker/detection-too-slow',
  severity: 'warning',
  title: 'a dead server keeps its clients for a minute or more',
  why: 'Until the check has failed for good, every connection that is given to the dead server hangs.',
  remedy:
    'Write for example delay_loop 3, connect_timeout 2, retry 1 and delay_before_retry 1: out after 8 s at most.',
  needs: ['services'],
  evenIfPartial: true,
  thresholds: {
    warnAbove: threshold(60, 's', 'later than that, clients have complained before the server is out'),
    adviseAbove: threshold(25, 's', 'with delay_loop 10 and its defaults for the rest keepalived needs 21 s'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const { warnAbove, adviseAbove } = thresholdsOn(host);
      // Services of one cluster share their numbers: once for each time is enough.
      const said = new Set<number>();
      for (const service of host.services) {
        const slowest = slowestDetection(service);
        if (
          slowest === undefined ||
          slowest.time <= Math.min(adviseAbove, warnAbove) ||
          said.has(slowest.time)
        )
          continue;
        const { server, checker, time } = slowest;
        said.add(time);
        const { delayLoop, retry } = checker;
        const isDefault = delayLoop?.basis === 'default' ? ' (the default)' : '';
        report({
          host,
          about: service,
          at: longestPart(checker) ?? server,
          message: `a dead ${server.label} stays in ${service.label} for up to ${Math.round(time)} s: delay_loop ${delayLoop?.value}${isDefault}, then ${(retry?.value ?? 0) + 1} tries`,
          severity: time <= warnAbove ? 'info' : 'warning',
        });
      }
    }
  },
});
