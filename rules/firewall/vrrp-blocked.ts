import { defineRule } from '../../src/judge/rule.ts';
import { advertPackets } from '../../src/model/expected-packets.ts';
import { unfollowedFilter } from '../../src/model/packet-filter.ts';
import { verdictOn } from '../../src/model/packet-verdict.ts';
import { routerOf } from '../../src/model/peers.ts';

export default defineRule({
  id: 'firewall/vrrp-blocked',
  severity: 'error',
  title: 'the packet filter drops VRRP adverts',
  why: 'A backup that hears no adverts becomes master too: both nodes hold the VIP, and the master logs nothing.',
  remedy:
    'Accept protocol 112 from the peers: iptables -A INPUT -p 112 -s PEER -j ACCEPT, before the rule that drops.',
  needs: ['vrrp', 'netfilter'],
  evenIfPartial: true,
  follows: ['firewall/vrrp-rule-wrong-protocol'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const unfollowed = unfollowedFilter(host);
      if (unfollowed !== undefined) report.notJudged(host, unfollowed);
      for (const instance of host.vrrp) {
        const { protocol, adverts } = advertPackets(instance);
        const verdicts = adverts.flatMap(({ chain, packet }) => verdictOn(host, chain, packet) ?? []);
        const first = verdicts.find(({ verdict, isCertain }) => verdict === 'drop' && isCertain);
        if (first === undefined) continue;
        report({
          host,
          about: routerOf(cluster.whole, instance),
          at: first.by,
          message: `the packet filter of ${host.label} drops the adverts of ${instance.label}: nothing accepts protocol ${protocol}`,
          related: [{ at: instance, message: 'its adverts are dropped' }],
        });
      }
    }
  },
});
