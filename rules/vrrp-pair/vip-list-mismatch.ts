import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf, differenceOf } from '../../src/model/deviation.ts';
import { namesOf, vipKeyOf, vipListOf } from '../../src/model/vip-list.ts';
import { lineOf } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp-pair/vip-list-mismatch',
  severity: 'error',
  title: 'directors of one virtual router advertise different addresses',
  why: 'A node refuses adverts whose addresses are not its own list, so both become master and hold the VIPs.',
  remedy: 'List the same addresses in virtual_ipaddress on every node and reload all of them together.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  follows: ['vrrp-pair/vrid-mismatch', 'vrrp-pair/version-mismatch', 'vrrp-pair/transport-mismatch'],
  check(cluster, report) {
    for (const { group, expected, found } of deviationsOf(cluster, ({ instance }) => vipListOf(instance))) {
      const { extra, missing } = differenceOf(expected.instance.vips, found.instance.vips, vipKeyOf);
      const [one, other] = [found.host.label, expected.host.label];
      const message =
        extra.length === 0
          ? `${one} does not advertise ${namesOf(missing)}, ${other} does`
          : missing.length === 0
            ? `${one} advertises ${namesOf(extra)}, ${other} does not`
            : `${one} advertises ${namesOf(extra)} where ${other} advertises ${namesOf(missing)}`;
      const hidden = expected.instance.excludedVips.find((vip) => vipKeyOf(vip) === extra[0]?.value.key);
      report({
        host: found.host,
        about: group,
        at: extra[0] ?? lineOf(found.instance, 'virtual_ipaddress'),
        message,
        related: [
          {
            at: missing[0] ?? hidden ?? lineOf(expected.instance, 'virtual_ipaddress'),
            message:
              missing.length > 0
                ? `${other} advertises ${namesOf(missing)}`
                : hidden === undefined
                  ? `not in this list of ${other}`
                  : `${other} raises it without advertising it`,
          },
        ],
      });
    }
  },
});
