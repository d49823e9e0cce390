import { type Fact, stated } from '../../src/evidence/fact.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf, differenceOf } from '../../src/model/deviation.ts';
import type { VrrpInstance } from '../../src/model/vrrp.ts';

type Item = Fact<string>;

/** Lists that move with the VIP without being advertised, as texts to compare: device names may differ between nodes. */
const LISTS: readonly (readonly [string, string, (instance: VrrpInstance) => readonly Item[]])[] = [
  [
    'virtual_ipaddress_excluded',
    'raises',
    ({ excludedVips }) => excludedVips.map((vip) => stated(vip.value.key ?? '', vip)),
  ],
  ['virtual_routes', 'sets the route', ({ virtualRoutes }) => virtualRoutes],
  ['virtual_rules', 'sets the rule', ({ virtualRules }) => virtualRules],
];

export default defineRule({
  id: 'vrrp-pair/excluded-vips-differ',
  severity: 'warning',
  title: 'directors raise different addresses or routes outside of their adverts',
  why: 'Nothing complains while they differ, but after a failover some addresses or the way back are missing.',
  remedy: 'Write the same virtual_ipaddress_excluded, virtual_routes and virtual_rules on every node.',
  needs: ['vrrp'],
  follows: ['vrrp-pair/vip-list-mismatch'],
  check(cluster, report) {
    for (const [keyword, does, itemsOf] of LISTS) {
      const keysOf = (instance: VrrpInstance) => itemsOf(instance).map(keyOf).sort().join('\n');
      for (const { group, expected, found } of deviationsOf(cluster, ({ instance }) => keysOf(instance))) {
        const { extra, missing } = differenceOf(itemsOf(expected.instance), itemsOf(found.instance), keyOf);
        const [one] = extra.length > 0 ? extra : missing;
        if (one === undefined) continue;
        const [has, lacks] = extra.length > 0 ? [found, expected] : [expected, found];
        report({
          host: found.host,
          about: group,
          at: extra[0] ?? found.instance.other.get(keyword) ?? found.instance,
          message: `${has.host.label} ${does} ${one.value} with the VIP, ${lacks.host.label} does not`,
          related: [
            extra.length > 0
              ? { at: expected.instance.other.get(keyword) ?? expected.instance, message: 'not here' }
              : { at: one, message: `${has.host.label} has it` },
          ],
        });
      }
    }
  },
});

function keyOf({ value }: Item): string {
  return value
    .replaceAll(/\b(?:dev|oif|iif|src) \S+/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
