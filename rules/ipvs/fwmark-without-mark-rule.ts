import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { lackOfMark, markRules } from '../../src/model/mark-rules.ts';

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
      const rules = markRules(host);
      // Without a single rule in the scripts, the marks are set where nobody looked.
      if (rules === undefined || rules.length === 0) continue;
      for (const { service } of servicesOf([host])) {
        for (const { mark, family } of service.endpoints) {
          if (mark === undefined) continue;
          const lack = lackOfMark(rules, mark.value, family);
          if (lack === undefined) continue;
          report({
            host,
            about: service,
            at: mark,
            message: `${service.label} waits for mark ${mark.value}, ${lack.why}`,
            related: [{ at: lack.near.command, message: `sets mark ${lack.near.mark}` }],
          });
        }
      }
    }
  },
});
