import { defineRule } from '../../src/judge/rule.ts';
import { supportPackets } from '../../src/model/expected-packets.ts';
import { unfollowedFilter } from '../../src/model/packet-filter.ts';
import { verdictOn } from '../../src/model/packet-verdict.ts';

export default defineRule({
  id: 'firewall/support-traffic-blocked',
  severity: 'warning',
  title: 'the packet filter drops health checks or connection synchronisation',
  why: 'A server whose check is dropped is taken out of service, and a backup that hears no sync starts with an empty table.',
  remedy: 'Accept the ports of the checks from every director, and UDP 8848 to 224.0.0.81 from the peer.',
  needs: ['netfilter'],
  spans: true,
  evenIfPartial: true,
  follows: ['firewall/vip-traffic-blocked'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const unfollowed = unfollowedFilter(host);
      if (unfollowed !== undefined) report.notJudged(host, unfollowed);
      const seen = new Set<string>();
      for (const { packet, chain, what, at } of supportPackets(cluster.whole, host)) {
        const found = verdictOn(host, chain, packet);
        if (found?.verdict !== 'drop' || !found.isCertain || seen.has(what)) continue;
        seen.add(what);
        report({
          host,
          about: host,
          at: found.by,
          message: `the packet filter of ${host.label} drops ${what}: nothing accepts them`,
          related: [{ at, message: chain === 'INPUT' ? 'this makes them come' : 'this sends them' }],
          // A director that stops its own checks takes the server out by itself.
          severity: chain === 'OUTPUT' ? 'error' : 'warning',
        });
      }
    }
  },
});
