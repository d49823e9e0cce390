import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { DEFAULT_TIMEOUTS, ipvsTimeouts } from '../../src/model/ipvs-timeouts.ts';
import { writtenNumber } from '../../src/model/kernel-files.ts';

/** Which timeout of connection tracking goes with which of IPVS. */
const PAIRS = [
  { key: 'nf_conntrack_tcp_timeout_established', name: 'tcp' },
  { key: 'nf_conntrack_udp_timeout_stream', name: 'udp' },
] as const;

export default defineRule({
  id: 'conntrack/timeouts-below-ipvs',
  severity: 'warning',
  title: 'connection tracking forgets connections that IPVS still knows',
  why: 'The next packet of an idle connection is invalid to the packet filter, or leaves without its address rewritten: the client hangs.',
  remedy:
    'Keep the timeouts of connection tracking at or above those of IPVS, and both above what the application leaves idle.',
  needs: ['sysctl'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const tracking = writtenNumber(host, 'net/ipv4/vs/conntrack');
      if (tracking === undefined || tracking.value === 0) continue;
      for (const { key, name } of PAIRS) {
        const tracked = writtenNumber(host, `net/netfilter/${key}`);
        const written = ipvsTimeouts(host, name).at(-1);
        const timeout = written?.value ?? DEFAULT_TIMEOUTS[name];
        if (tracked === undefined || tracked.value >= timeout) continue;
        report({
          host,
          about: host,
          at: tracked.setting.value,
          message: `${key} is ${tracked.value} seconds, IPVS keeps ${name.toUpperCase()} connections for ${timeout}`,
          related: [
            written === undefined
              ? { at: tracking.setting.value, message: 'connections of IPVS are tracked' }
              : { at: written.at, message: 'the timeout of IPVS' },
          ],
          fix: reviewedFix(`write ${timeout}`, valued(tracked.setting.value, timeout)),
        });
      }
    }
  },
});
