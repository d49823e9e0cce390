import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf } from '../../src/model/deviation.ts';
import type { VrrpMember } from '../../src/model/peers.ts';
import { isUnicast, multicastGroupOf } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp-pair/transport-mismatch',
  severity: 'error',
  title: 'directors of one virtual router send their adverts in different ways',
  why: 'The adverts of one node never reach the socket of the other, so both become master, mostly without a log line.',
  remedy: 'Use multicast with one group on every node, or list unicast peers on every node.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  follows: ['vrrp-pair/vrid-mismatch'],
  check(cluster, report) {
    for (const { group, expected, found } of deviationsOf(cluster, transportOf)) {
      report({
        host: found.host,
        about: group,
        at: placeOf(found),
        message: `${found.host.label} sends its adverts by ${transportOf(found)}, ${expected.host.label} by ${transportOf(expected)}`,
        related: [{ at: placeOf(expected), message: `${expected.host.label} uses ${transportOf(expected)}` }],
      });
    }
  },
});

function transportOf({ instance }: VrrpMember): string {
  const way = isUnicast(instance) ? 'unicast' : `multicast to ${multicastGroupOf(instance)}`;
  return instance.family === 6 ? `IPv6 ${way}` : way;
}

function placeOf({ instance }: VrrpMember) {
  if (isUnicast(instance)) return instance.unicastPeers[0] ?? instance;
  return instance.multicastGroup ?? instance.unicastKeyword ?? instance;
}
