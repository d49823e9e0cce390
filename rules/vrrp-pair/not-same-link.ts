import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf } from '../../src/model/deviation.ts';
import { besideVip, sourceOf, vlanOf } from '../../src/model/link.ts';

export default defineRule({
  id: 'vrrp-pair/not-same-link',
  severity: 'error',
  title: 'directors of one virtual router are not on one link',
  why: 'Multicast adverts cross neither routers nor VLANs, so both nodes become master, and one of them holds the VIP in a foreign network.',
  remedy:
    'Put the interfaces of all nodes into the network of the VIP, or use unicast peers and a routed VIP.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  evenIfPartial: true,
  follows: ['vrrp-pair/transport-mismatch'],
  check(cluster, report) {
    for (const { group, expected, found } of deviationsOf(cluster, ({ instance }) => vlanOf(instance))) {
      const [own, wanted] = [found.instance.interface, expected.instance.interface];
      if (own === undefined || wanted === undefined) continue;
      report({
        host: found.host,
        about: group,
        at: own,
        severity: 'warning',
        message: `${found.host.label} sends its adverts into VLAN ${vlanOf(found.instance)}, ${expected.host.label} into VLAN ${vlanOf(expected.instance)}`,
        related: [{ at: wanted, message: `${expected.host.label} uses ${wanted.value}` }],
      });
    }
    for (const { group, expected, found } of deviationsOf(cluster, ({ instance }) => besideVip(instance))) {
      const [outside, inside] =
        besideVip(found.instance) === 'outside' ? [found, expected] : [expected, found];
      const [at, other] = [sourceOf(outside.instance), sourceOf(inside.instance)];
      const vip = outside.instance.vips[0]?.value;
      if (at === undefined || other === undefined || vip === undefined) continue;
      report({
        host: outside.host,
        about: group,
        at,
        message: `${outside.host.label} sends from ${at.value}, outside of the network ${vip.address}/${vip.prefix} of the VIP`,
        related: [{ at: other, message: `${inside.host.label} sends from ${other.value}, inside of it` }],
      });
    }
  },
});
