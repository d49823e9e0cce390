import { reviewedFix } from '../../src/evidence/fix.ts';
import { defineRule, threshold } from '../../src/judge/rule.ts';
import { keyRemoved } from '../../src/model/kernel-edit.ts';
import { writtenNumber } from '../../src/model/kernel-files.ts';

export default defineRule({
  id: 'kernel/tw-buckets-lowered',
  severity: 'warning',
  title: 'the limit for connections in TIME_WAIT is lowered',
  why: 'Above the limit the kernel drops TIME_WAIT at once and logs "time wait bucket table overflow": stray packets of old connections then hit new ones.',
  remedy: 'Delete the line: the kernel documentation says that the limit is not to be lowered.',
  needs: ['sysctl'],
  evenIfPartial: true,
  thresholds: {
    least: threshold(16_384, 'connections', 'a host of 4 GB starts with it, larger ones with more (tcp.c)'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const { least } = thresholdsOn(host);
      const limit = writtenNumber(host, 'net/ipv4/tcp_max_tw_buckets');
      if (limit === undefined || limit.value >= least || limit.setting.by === 'running') continue;
      report({
        host,
        about: host,
        at: limit.setting.value,
        message: `tcp_max_tw_buckets is lowered to ${limit.value}: a host of 4 GB starts with 16384`,
        fix: reviewedFix('delete it', keyRemoved(limit.setting)),
      });
    }
  },
});
