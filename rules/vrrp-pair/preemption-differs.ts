import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf } from '../../src/model/deviation.ts';
import { HANDOVER_SETTINGS } from '../../src/model/handover.ts';

export default defineRule({
  id: 'vrrp-pair/preemption-differs',
  severity: 'warning',
  title: 'directors of one virtual router hand the VIP over by different rules',
  why: 'What happens at a failover or a failback depends on its direction, which nobody remembers in an incident.',
  remedy: 'Write the same nopreempt, preempt_delay, down_timer_adverts and strict mode on every node.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  follows: ['vrrp/nopreempt-with-weighted-tracking'],
  check(cluster, report) {
    for (const { name, stateOf, placeOf, waits } of HANDOVER_SETTINGS) {
      for (const { group, expected, found } of deviationsOf(cluster, stateOf)) {
        const [has, lacks] = stateOf(found) === 'off' ? [expected, found] : [found, expected];
        if (waits && has.instance.priority.value >= lacks.instance.priority.value) continue;
        report({
          host: found.host,
          about: group,
          at: placeOf(found) ?? found.instance,
          message: `${found.host.label} has ${name} ${stateOf(found)}, ${expected.host.label} has it ${stateOf(expected)}`,
          related: [
            {
              at: placeOf(expected) ?? expected.instance,
              message: `${name} is ${stateOf(expected)} on ${expected.host.label}`,
            },
          ],
        });
      }
    }
  },
});
