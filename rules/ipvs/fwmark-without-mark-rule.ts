import { defineRule } from '../../src/judge/rule.ts';
import type { Host } from '../../src/model/cluster.ts';
import { allServices } from '../../src/model/duties.ts';
import { groupBy } from '../../src/model/grouping.ts';
import { lackOfMark, markRules } from '../../src/model/mark-rules.ts';
import { unfollowedFilter } from '../../src/model/packet-filter.ts';

export default defineRule({
  id: 'ipvs/fwmark-without-mark-rule',
  severity: 'error',
  title: 'no packet ever carries the mark that a service waits for',
  why: 'Packets without the mark match no service: they go to the director itself, which refuses them.',
  remedy:
    'Mark them in time: iptables -t mangle -A PREROUTING -d VIP -p tcp --dport 80 -j MARK --set-mark N.',
  needs: ['services', 'netfilter'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const marked = markedServices(host);
      const unfollowed = marked.length === 0 ? undefined : unfollowedFilter(host);
      if (unfollowed !== undefined) report.notJudged(host, unfollowed);
      const rules = markRules(host);
      if (rules === undefined) continue;
      for (const { service, mark, family } of marked) {
        const lack = lackOfMark(host, rules, mark.value, family);
        if (lack === undefined) continue;
        const { why, near } = lack;
        report({
          host,
          about: service,
          at: mark,
          message: `${service.label} waits for mark ${mark.value}, ${why}`,
          related: [{ at: near?.command, message: `sets mark ${near?.mark}` }],
        });
      }
    }
  },
});

/** One for each mark and family: what is wanted runs as well. */
function markedServices(host: Host) {
  const all = allServices(host).flatMap((service) =>
    service.endpoints.flatMap(({ key, mark, family }) => (mark ? [{ key, service, mark, family }] : [])),
  );
  return [...groupBy(all, ({ key }) => key).values()].flatMap((same) => same.slice(0, 1));
}
