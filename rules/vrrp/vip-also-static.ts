import { defineRule } from '../../src/judge/rule.ts';
import { type Carrier, carriersOf, standingAddresses } from '../../src/model/vip-carrier.ts';
import { isOwner } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp/vip-also-static',
  severity: 'error',
  title: 'something besides one VRRP instance raises the VIP',
  why: 'The address then is on both directors, whoever is master, and clients reach one or the other by their ARP cache.',
  remedy: 'Let one VRRP instance alone raise the VIP, and delete the other line.',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const first = new Map<string, Carrier>();
      for (const carrier of carriersOf(host)) {
        const { vip, instance, key } = carrier;
        const other = key === undefined ? undefined : first.get(key);
        if (key !== undefined && other === undefined) first.set(key, carrier);
        if (other === undefined) continue;
        const twice = other.instance === instance;
        report({
          host,
          about: instance,
          at: vip,
          message: twice
            ? `${instance.label} lists ${vip.value.address} twice`
            : `${instance.label} raises ${vip.value.address}, and so does ${other.instance.label}`,
          related: [{ at: other.vip, message: 'first here' }],
          ...(twice && {
            severity: 'warning',
            why: 'keepalived 2.2.7 advertises it twice, and a node that lists it once refuses adverts with another number of addresses.',
            remedy: 'Delete one of the two lines, on every node.',
          }),
        });
      }
      for (const { key, at, how } of standingAddresses(host)) {
        const carrier = first.get(key);
        if (carrier === undefined || isOwner(carrier.instance)) continue;
        report({
          host,
          about: carrier.instance,
          at,
          message: `${how} raises ${key} as well, whatever the state of ${carrier.instance.label}`,
          related: [{ at: carrier.vip, message: `${carrier.instance.label} moves it` }],
        });
      }
    }
  },
});
