import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf } from '../../src/model/deviation.ts';
import type { VrrpMember } from '../../src/model/peers.ts';
import { advertIntOf } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp-pair/advert-int-mismatch',
  severity: 'error',
  title: 'directors of one virtual router advertise at different intervals',
  why: 'In version 2 a node drops adverts whose interval is not its own, so both become master and hold the VIP.',
  remedy: 'Write the same advert_int on every node.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  evenIfPartial: true,
  follows: ['vrrp-pair/vrid-mismatch', 'vrrp-pair/version-mismatch'],
  check(cluster, report) {
    for (const version of [2, 3]) {
      const intervalOf = ({ instance }: VrrpMember) =>
        instance.version.value === version ? `${advertIntOf(instance)} s` : undefined;
      for (const { group, expected, found } of deviationsOf(cluster, intervalOf)) {
        report({
          host: found.host,
          about: group,
          at: found.instance.advertInt,
          message: `${found.host.label} advertises every ${intervalOf(found)}, ${expected.host.label} every ${intervalOf(expected)}`,
          related: [
            {
              at: expected.instance.advertInt,
              message: `${expected.host.label} advertises every ${intervalOf(expected)}`,
            },
          ],
          ...(version === 3 && {
            severity: 'info',
            why: 'A backup takes the interval of its master, so the time until a takeover depends on who is master.',
          }),
        });
      }
    }
  },
});
