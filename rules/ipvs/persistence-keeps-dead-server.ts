import { defineRule } from '../../src/judge/rule.ts';
import { effectiveNumber } from '../../src/model/effective.ts';
import { keySet } from '../../src/model/kernel-edit.ts';
import { stickyInhibitors } from '../../src/model/removal.ts';

const KEY = 'net/ipv4/vs/expire_quiescent_template';

export default defineRule({
  id: 'ipvs/persistence-keeps-dead-server',
  severity: 'error',
  title: 'persistence sends returning clients to a failed server',
  why: 'A failed server stays in the table with weight 0; clients that it served before are sent to it as long as they keep trying.',
  remedy:
    'Set net.ipv4.vs.expire_quiescent_template = 1 in a sysctl file of every director, or drop inhibit_on_failure.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const sticky = stickyInhibitors(host.services);
      const [first] = sticky;
      if (first === undefined) continue;
      if (host.sysctl === undefined) {
        const why = `${first.service.label} is persistent and inhibits failed servers: no sysctl file of ${host.label} says whether expire_quiescent_template is set`;
        report.notJudged(host, why);
        continue;
      }
      const { value, known, unclear, from } = effectiveNumber(host.sysctl, KEY);
      if (value !== 0 || unclear) continue;
      const more = sticky.length === 1 ? '' : ` and ${sticky.length - 1} more`;
      const setting = from.at(-1);
      report({
        host,
        about: first.service,
        at: setting?.value ?? first.inhibit,
        message: `${first.service.label}${more} is persistent and keeps failed servers at weight 0, while ${setting ? 'expire_quiescent_template is 0' : `nothing on ${host.label} sets expire_quiescent_template, which is 0 by default`}`,
        related: [
          { at: setting && first.inhibit, message: 'a failed server stays with weight 0' },
          { at: first.persistence, message: 'returning clients go to the same server' },
        ],
        severity: known ? 'error' : 'warning',
        fix: keySet(host, KEY, 1, setting),
      });
    }
  },
});
