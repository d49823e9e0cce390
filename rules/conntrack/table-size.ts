import { defineRule, threshold } from '../../src/judge/rule.ts';
import { conntrackPressure } from '../../src/model/conntrack-load.ts';
import { writtenNumber } from '../../src/model/kernel-files.ts';

/** An entry with its extensions, on a 64-bit kernel. */
const BYTES_PER_ENTRY = 380;

export default defineRule({
  id: 'conntrack/table-size',
  severity: 'warning',
  title: 'the size of the connection tracking table does not fit',
  why: 'A full table drops packets of new connections at random: "nf_conntrack: table full". IPVS fills it only with net.ipv4.vs.conntrack = 1.',
  remedy:
    'Size it by new connections per second times their lifetime, doubled; or leave the default where nothing tracks.',
  needs: ['sysctl'],
  evenIfPartial: true,
  thresholds: {
    least: threshold(65_536, 'connections', 'what the kernel takes with 1 to 4 GB (nf_conntrack_core.c)'),
    nearlyFull: threshold(80, 'percent', 'a failover or a peak comes on top of entries that live on'),
    most: threshold(1_000_000, 'connections', 'a full table takes some 380 MB, which are never swapped out'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const { least, most, nearlyFull } = thresholdsOn(host);
      const pressure = conntrackPressure(host, nearlyFull);
      if (pressure !== undefined) report({ host, about: host, ...pressure });
      const limit = writtenNumber(host, 'net/netfilter/nf_conntrack_max');
      const tracking = writtenNumber(host, 'net/ipv4/vs/conntrack');
      if (limit === undefined || limit.setting.by === 'running') continue;
      const say = { host, about: host, at: limit.setting.value };
      const tracks = tracking !== undefined && tracking.value !== 0;
      if (tracks && limit.value < least)
        report({
          ...say,
          message: `every balanced connection is tracked, and the table holds only ${limit.value}`,
          related: [{ at: tracking.setting.value, message: 'connections of IPVS are tracked' }],
        });
      else if (limit.value >= most)
        report({
          ...say,
          message: `${limit.value} tracked connections take about ${Math.round((limit.value * BYTES_PER_ENTRY) / 1_000_000)} MB when the table is full`,
          severity: 'info',
          why: tracks
            ? 'The memory is taken while an attack or a peak lasts, and never swapped out.'
            : 'IPVS has a table of its own and needs this one only with net.ipv4.vs.conntrack = 1.',
        });
    }
  },
});
