import { defineRule, threshold } from '../../src/judge/rule.ts';
import { keySet } from '../../src/model/kernel-edit.ts';
import { writtenNumber } from '../../src/model/kernel-files.ts';

/** The most that the kernel takes by itself (nf_conntrack_core.c, from 4 GB of memory on). */
const MOST_BY_DEFAULT = 262_144;
const KEY = 'net/netfilter/nf_conntrack_buckets';

export default defineRule({
  id: 'conntrack/buckets-not-scaled',
  severity: 'warning',
  title: 'the connection tracking table has too few buckets for its size',
  why: 'The more connections there are, the longer the chains that every packet walks: CPU time climbs with the load.',
  remedy:
    'Set net.netfilter.nf_conntrack_buckets (or the module option hashsize) to a quarter of the maximum or more.',
  needs: ['sysctl'],
  follows: ['conntrack/table-size'],
  evenIfPartial: true,
  thresholds: {
    warnAbove: threshold(8, 'to a bucket', 'each stands in the table twice, so a chain has 16 entries'),
    adviseAbove: threshold(4, 'to a bucket', 'where no file sets the buckets: worth a look'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const { warnAbove, adviseAbove } = thresholdsOn(host);
      const limit = writtenNumber(host, 'net/netfilter/nf_conntrack_max');
      const written = writtenNumber(host, KEY);
      if (limit === undefined || limit.value < MOST_BY_DEFAULT || limit.setting.by === 'running') continue;
      const buckets = written?.value ?? MOST_BY_DEFAULT;
      const chain = limit.value / buckets;
      if (chain <= (written === undefined ? adviseAbove : warnAbove)) continue;
      report({
        host,
        about: host,
        at: limit.setting.value,
        message:
          written === undefined
            ? `nf_conntrack_max is ${limit.value}, and no sysctl file sets the buckets: by itself the kernel makes at most ${buckets}`
            : `nf_conntrack_max is ${limit.value}, which is ${Math.round(chain)} connections for each of ${buckets} buckets`,
        related: written === undefined ? [] : [{ at: written.setting.value, message: 'the buckets' }],
        fix: keySet(host, KEY, Math.ceil(limit.value / 4), written?.setting),
        // The module option hashsize may raise them, in a file that nobody gave.
        severity: written === undefined ? 'info' : 'warning',
      });
    }
  },
});
