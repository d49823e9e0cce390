import { defineRule } from '../../src/judge/rule.ts';
import { advertIntOf } from '../../src/model/vrrp-effect.ts';

/** Settings that keep keepalived on time on a busy host (keepalived.conf(5)). */
const PRIORITIES = ['max_auto_priority', 'vrrp_rt_priority', 'vrrp_priority'];

export default defineRule({
  id: 'vrrp/latency-and-startup',
  severity: 'warning',
  title: 'adverts come faster than a busy host can keep up with',
  why: 'A pause of a second (a snapshot, a migration, a busy hypervisor) is longer than three intervals: for a moment both nodes are master.',
  remedy:
    'Use advert_int 1 (a failover then takes 3 to 4 s), or add max_auto_priority 99 to global_defs on every node.',
  needs: ['vrrp'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      if (PRIORITIES.some((keyword) => host.globals?.other.has(keyword))) continue;
      for (const instance of host.vrrp) {
        const interval = advertIntOf(instance);
        if (interval >= 1) continue;
        report({
          host,
          about: instance,
          at: instance.advertInt,
          message: `${instance.label} advertises every ${interval} s, and keepalived runs with the priority of any process`,
        });
      }
    }
  },
});
