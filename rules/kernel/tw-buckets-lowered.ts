import { defineRule } from '../../src/judge/rule.ts';
import { writtenNumber } from '../../src/model/kernel-files.ts';

/** What a host of 4 GB starts with; larger hosts start with more (net/ipv4/tcp.c: half of the connection table). */
const DEFAULT_OF_SMALL_HOST = 16_384;

export default defineRule({
  id: 'kernel/tw-buckets-lowered',
  severity: 'warning',
  title: 'the limit for connections in TIME_WAIT is lowered',
  why: 'Above the limit the kernel drops TIME_WAIT at once and logs "time wait bucket table overflow": stray packets of old connections then hit new ones.',
  remedy: 'Delete the line: the kernel documentation says that the limit is not to be lowered.',
  needs: ['sysctl'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const limit = writtenNumber(host, 'net/ipv4/tcp_max_tw_buckets');
      if (limit === undefined || limit.value >= DEFAULT_OF_SMALL_HOST || limit.setting.by === 'running')
        continue;
      report({
        host,
        about: host,
        at: limit.setting.value,
        message: `tcp_max_tw_buckets is lowered to ${limit.value}: a host of 4 GB starts with ${DEFAULT_OF_SMALL_HOST}`,
      });
    }
  },
});
