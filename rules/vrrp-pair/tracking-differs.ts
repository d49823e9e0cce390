import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf } from '../../src/model/deviation.ts';
import type { VrrpMember } from '../../src/model/peers.ts';
import { trackDifferences } from '../../src/model/track-difference.ts';
import { scriptOf, tracksOf } from '../../src/model/tracking.ts';

export default defineRule({
  id: 'vrrp-pair/tracking-differs',
  severity: 'warning',
  title: 'directors of one virtual router watch different things',
  why: 'The VIP moves to a node that cannot tell when it is broken itself, or moves back and forth.',
  remedy: 'Track the same things with the same weights, rise and fall on every node.',
  needs: ['vrrp', 'syncGroups', 'trackScripts'],
  spans: true,
  compares: true,
  follows: [
    'vrrp/track-script-not-runnable',
    'vrrp-pair/weight-cannot-fail-over',
    'vrrp/nopreempt-with-weighted-tracking',
  ],
  check(cluster, report) {
    for (const { group, expected, found } of deviationsOf(cluster, summary)) {
      const differences = trackDifferences(expected, found);
      const grave = differences.filter(({ kind }) => kind !== 'interface');
      const [first] = grave.length > 0 ? grave : differences;
      if (first === undefined) continue;
      report({
        host: found.host,
        about: group,
        at: first.found,
        message: first.message,
        related: [{ at: first.expected, message: first.wanted }],
        ...(grave.length === 0 && { severity: 'info' }),
      });
    }
  },
});

/** Names of interfaces may differ from node to node; the numbers of a script are compared where a pair differs. */
function summary({ host, instance }: VrrpMember): string {
  return tracksOf(host, instance)
    .map((track) => {
      const { kind, name, weight, reverse } = track;
      const script = scriptOf(host, track);
      const numbers = [weight.value, reverse, script?.rise.value, script?.fall.value];
      return `${kind} ${kind === 'interface' ? '' : name.value} ${numbers.join(' ')}`;
    })
    .sort()
    .join('\n');
}
