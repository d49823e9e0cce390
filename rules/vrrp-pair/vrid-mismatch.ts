import { defineRule } from '../../src/judge/rule.ts';
import { pairsOf, vrrpGroups } from '../../src/model/peers.ts';

export default defineRule({
  id: 'vrrp-pair/vrid-mismatch',
  severity: 'error',
  title: 'directors that share a VIP use different virtual router ids',
  why: 'Adverts with another id are discarded without a log line, so every node becomes master and holds the VIP.',
  remedy: 'Give both instances the same virtual_router_id, one that nobody else uses on this link.',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const group of vrrpGroups(cluster.whole)) {
      for (const [first, second] of pairsOf(group)) {
        const expected = first.instance.virtualRouterId;
        const found = second.instance.virtualRouterId;
        if (expected === undefined || found === undefined || expected.value === found.value) continue;
        report({
          host: second.host,
          about: group,
          at: found,
          message: `${second.host.label} uses virtual router id ${found.value}, ${first.host.label} uses ${expected.value}`,
          related: [
            { at: expected, message: `${first.host.label} uses ${expected.value} for the same addresses` },
          ],
        });
      }
    }
  },
});
