import type { Located } from '../../src/evidence/fact.ts';
import { reviewedFix } from '../../src/evidence/fix.ts';
import { lineAddedIn } from '../../src/evidence/line-edit.ts';
import { defineRule, threshold } from '../../src/judge/rule.ts';
import { announcementOf } from '../../src/model/garp.ts';

export default defineRule({
  id: 'vrrp/garp-too-weak',
  severity: 'warning',
  title: 'a new master tells its neighbours too little, or all at once',
  why: 'A neighbour that misses the gratuitous ARP keeps the MAC of the old master, and cannot reach the VIP until its ARP cache ends.',
  remedy:
    'Delete the line: keepalived then sends 5, and 5 more after 5 s. Add vrrp_garp_master_refresh 60 where frames get lost.',
  needs: ['vrrp'],
  evenIfPartial: true,
  thresholds: {
    vips: threshold(200, 'VIPs', 'five frames for each fill an input queue of 1000 (netdev_max_backlog)'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const { vips: many } = thresholdsOn(host);
      const said = new Set<Located>();
      for (const instance of host.vrrp) {
        const { label, vips, excludedVips, useVmac } = instance;
        const { times, repeated, at } = announcementOf(host, instance);
        if (at !== undefined && times === 1 && !repeated && !useVmac?.value && !said.has(at)) {
          said.add(at);
          report({
            host,
            about: instance,
            at,
            message: `${label} announces each VIP with one gratuitous ARP and never again`,
          });
        }
        const count = vips.length + excludedVips.length;
        if (count >= many && !host.globals?.other.has('vrrp_garp_interval'))
          report({
            host,
            about: instance,
            at: instance,
            message: `${label} sends ${count * times} gratuitous ARPs in one burst when it becomes master`,
            why: 'Switches and neighbours drop frames of such a burst, and those addresses stay with the old master.',
            remedy: 'Add vrrp_garp_interval 0.001 to global_defs.',
            fix: host.globals && reviewedFix('add it', lineAddedIn(host.globals, 'vrrp_garp_interval 0.001')),
          });
      }
    }
  },
});
