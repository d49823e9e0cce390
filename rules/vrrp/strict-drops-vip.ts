import type { Located } from '../../src/evidence/fact.ts';
import { reviewedFix } from '../../src/evidence/fix.ts';
import { lineRemoved } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { groupWith } from '../../src/model/peers.ts';
import { serviceVips, strictSubject } from '../../src/model/strict.ts';
import { dropsVipTraffic } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp/strict-drops-vip',
  severity: 'error',
  title: 'the master refuses all traffic to its own VIP',
  why: 'In strict mode a master installs a firewall rule that drops every packet to the VIP: it is on the interface, the log says MASTER, and nothing answers.',
  remedy:
    'Delete vrrp_strict (or no_accept); it is for pure router redundancy. Strict mode needs version 3 and accept.',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const said = new Set<Located>();
      for (const instance of host.vrrp) {
        const at = dropsVipTraffic(instance);
        const [vip] = at === undefined ? [] : serviceVips(host, instance);
        if (at === undefined || vip === undefined || said.has(at)) continue;
        said.add(at);
        const peer = groupWith(cluster.whole, instance)?.members.find(
          (member) => dropsVipTraffic(member.instance) === undefined,
        );
        report({
          host,
          about: strictSubject(host, instance),
          at,
          message: `the master drops every packet to ${vip.value.address} (${instance.label}), and with them all to its virtual servers`,
          related: [
            { at: vip, message: 'a virtual server answers here' },
            ...(peer === undefined
              ? []
              : [{ at: peer.instance, message: `${peer.host.label} answers on it: no strict mode here` }]),
          ],
          fix: reviewedFix('delete the line', lineRemoved(at)),
        });
      }
    }
  },
});
