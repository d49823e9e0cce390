import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule, threshold } from '../../src/judge/rule.ts';
import { writtenNumber } from '../../src/model/kernel-files.ts';

export default defineRule({
  id: 'kernel/queue-values',
  severity: 'info',
  title: 'queue lengths that do not fit together',
  why: 'The shortest queue decides: a longer one before it only adds delay, and without SYN cookies a full one refuses clients.',
  remedy:
    'Keep somaxconn at least as long as tcp_max_syn_backlog, leave tcp_syncookies at 1, and keep input queues short.',
  needs: ['sysctl'],
  evenIfPartial: true,
  thresholds: {
    netdevBacklog: threshold(100_000, 'packets', '100 times the default; the last wait 100 ms'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const say = { host, about: host };
      const of = (path: string) => writtenNumber(host, path);
      const [accept, syn] = [of('net/core/somaxconn'), of('net/ipv4/tcp_max_syn_backlog')];
      if (accept !== undefined && syn !== undefined && syn.value > accept.value)
        report({
          ...say,
          at: syn.setting.value,
          message: `tcp_max_syn_backlog ${syn.value} is cut to somaxconn ${accept.value}`,
          related: [{ at: accept.setting.value, message: 'somaxconn is shorter' }],
        });
      const input = of('net/core/netdev_max_backlog');
      if (input !== undefined && input.value > thresholdsOn(host).netdevBacklog)
        report({
          ...say,
          at: input.setting.value,
          message: `netdev_max_backlog ${input.value} lets packets wait long before the kernel looks at them`,
        });
      const cookies = of('net/ipv4/tcp_syncookies');
      if (cookies?.value === 0)
        report({
          ...say,
          at: cookies.setting.value,
          message: 'SYN cookies are off: a flood of half-open connections shuts the services of the host',
          fix: reviewedFix('write 1', valued(cookies.setting.value, 1)),
        });
    }
  },
});
