import { reviewedFix } from '../../src/evidence/fix.ts';
import { lineRemoved } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { repeatedVips, standingVips } from '../../src/model/vip-carrier.ts';

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
      for (const { vip, instance, other, names, more } of repeatedVips(host)) {
        const twice = other.instance === instance;
        report({
          host,
          about: instance,
          at: vip,
          message: twice
            ? `${instance.label} lists ${names} twice`
            : `${instance.label} raises ${names}, and so does ${other.instance.label}`,
          related: [
            { at: other.vip, message: 'first here' },
            ...more.map((at) => ({ at, message: 'and this one' })),
          ],
          ...(twice && {
            severity: 'warning',
            why: 'keepalived 2.2.7 advertises it twice, and a node that lists it once refuses adverts with another number of addresses.',
            remedy: 'Delete one of the two lines, on every node.',
            fix: reviewedFix('delete it', ...[vip, ...more].map(lineRemoved)),
          }),
        });
      }
      for (const { vip, instance, key, at, how } of standingVips(host))
        report({
          host,
          about: instance,
          at,
          message: `${how} raises ${key} as well, whatever the state of ${instance.label}`,
          related: [{ at: vip, message: `${instance.label} moves it` }],
          fix: how === 'static_ipaddress' ? reviewedFix('delete it', lineRemoved(at)) : undefined,
        });
    }
  },
});
