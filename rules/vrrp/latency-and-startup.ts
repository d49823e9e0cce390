import { defineRule, threshold } from '../../src/judge/rule.ts';
import { advertIntOf, downTimerAdverts } from '../../src/model/vrrp-effect.ts';

/** Settings that keep keepalived on time on a busy host (keepalived.conf(5)). */
const PRIORITIES = ['max_auto_priority', 'vrrp_rt_priority', 'vrrp_priority'];

export default defineRule({
  id: 'vrrp/latency-and-startup',
  severity: 'warning',
  title: 'a node notices too late for the interval of its adverts',
  why: 'A pause of a second (a snapshot, a migration, a busy hypervisor) is longer than three intervals: for a moment both nodes are master.',
  remedy:
    'Use advert_int 1 (a failover then takes 3 to 4 s), or add max_auto_priority 99 to global_defs on every node.',
  needs: ['vrrp', 'linkDelays'],
  thresholds: {
    advertInt: threshold(1, 's', 'most pauses of a host are shorter than three adverts of 1 s'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const delays = new Map(host.linkDelays.map((delay) => [delay.interface.value, delay.down]));
      const prompt = PRIORITIES.some((keyword) => host.globals?.other.has(keyword));
      const { advertInt: least } = thresholdsOn(host);
      const [first, ...others] = prompt ? [] : host.vrrp.filter((each) => advertIntOf(each) < least);
      if (first !== undefined)
        report({
          host,
          about: first,
          at: first.advertInt,
          message: `${first.label} advertises every ${advertIntOf(first)} s${others.length === 0 ? '' : ` (the first of ${others.length + 1})`}, and keepalived runs with the priority of any process`,
        });
      for (const instance of host.vrrp) {
        const interval = advertIntOf(instance);
        const delay = delays.get(instance.interface?.value ?? '');
        const limit = (downTimerAdverts(host, instance) - 1) * interval;
        if (delay !== undefined && delay.value >= limit)
          report({
            host,
            about: instance,
            at: delay,
            message: `${instance.label} learns after ${delay.value} s that its link is down, and its backup takes over after less`,
            related: [{ at: instance.advertInt, message: `an advert every ${interval} s` }],
            why: 'The backup becomes master while this node still takes itself for one.',
            remedy: `Write a delay below ${limit} s, one advert less than down_timer_adverts.`,
          });
      }
    }
  },
});
