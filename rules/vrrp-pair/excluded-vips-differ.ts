import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf, differenceOf } from '../../src/model/deviation.ts';
import { itemKey, UNADVERTISED_LISTS } from '../../src/model/unadvertised.ts';
import type { VrrpInstance } from '../../src/model/vrrp.ts';
import { lineOf } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp-pair/excluded-vips-differ',
  severity: 'warning',
  title: 'directors raise different addresses or routes outside of their adverts',
  why: 'Nothing complains while they differ, but after a failover some addresses or the way back are missing.',
  remedy: 'Write the same virtual_ipaddress_excluded, virtual_routes and virtual_rules on every node.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  follows: ['vrrp-pair/vip-list-mismatch'],
  check(cluster, report) {
    for (const { keyword, does, itemsOf } of UNADVERTISED_LISTS) {
      const keysOf = (instance: VrrpInstance) => itemsOf(instance).map(itemKey).sort().join('\n');
      for (const { group, expected, found } of deviationsOf(cluster, ({ instance }) => keysOf(instance))) {
        const { extra, missing } = differenceOf(itemsOf(expected.instance), itemsOf(found.instance), itemKey);
        const [one] = extra.length > 0 ? extra : missing;
        if (one === undefined) continue;
        const [has, lacks] = extra.length > 0 ? [found, expected] : [expected, found];
        report({
          host: found.host,
          about: group,
          at: extra[0] ?? lineOf(found.instance, keyword),
          message: `${has.host.label} ${does} ${one.value} with the VIP, ${lacks.host.label} does not`,
          related: [
            extra.length > 0
              ? { at: lineOf(expected.instance, keyword), message: 'not here' }
              : { at: one, message: `${has.host.label} has it` },
          ],
        });
      }
    }
  },
});
