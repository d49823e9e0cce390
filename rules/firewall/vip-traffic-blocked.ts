import { defineRule } from '../../src/judge/rule.ts';
import { clientPackets } from '../../src/model/expected-packets.ts';
import { unfollowedFilter } from '../../src/model/packet-filter.ts';
import { verdictOn } from '../../src/model/packet-verdict.ts';

export default defineRule({
  id: 'firewall/vip-traffic-blocked',
  severity: 'error',
  title: 'the packet filter drops what clients send to the service',
  why: 'IPVS takes packets behind the INPUT chain: what is dropped there is never balanced, and the counters of the service stay at zero.',
  remedy: 'Accept the address and port of the service in INPUT, on directors and on DR and TUN real servers.',
  needs: ['netfilter'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const unfollowed = unfollowedFilter(host);
      if (unfollowed !== undefined) report.notJudged(host, unfollowed);
      const seen = new Set<number>();
      for (const { packet, what, at } of clientPackets(cluster.whole, host)) {
        const found = verdictOn(host, 'INPUT', packet);
        if (found?.verdict !== 'drop' || !found.isCertain || seen.has(found.by.place.range.start)) continue;
        seen.add(found.by.place.range.start);
        report({
          host,
          about: host,
          at: found.by,
          message: `the packet filter of ${host.label} drops ${what}: nothing accepts them`,
          related: [{ at, message: 'clients cannot reach it' }],
        });
      }
    }
  },
});
