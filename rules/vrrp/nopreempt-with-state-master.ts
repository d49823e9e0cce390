import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { isOwner } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp/nopreempt-with-state-master',
  severity: 'warning',
  title: 'state MASTER switches off nopreempt and preempt_delay',
  why: 'keepalived clears the option when it starts: the node takes the VIP back at once, a second interruption after every repair.',
  remedy: 'Write state BACKUP on every node; the priority alone decides who becomes master.',
  needs: ['vrrp'],
  evenIfPartial: true,
  toldByKeepalived: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const { state, nopreempt, preemptDelay, strict, label } = instance;
        // Strict mode makes BACKUP of it, see vrrp/strict-conflicts.
        if (state.value !== 'MASTER' || isOwner(instance) || strict?.value) continue;
        const option = nopreempt?.value ? nopreempt : preemptDelay?.value ? preemptDelay : undefined;
        if (option === undefined) continue;
        const name = option === nopreempt ? 'nopreempt' : 'preempt_delay';
        report({
          host,
          about: instance,
          at: option,
          message: `${name} has no effect on ${label}, because it starts as MASTER`,
          related: [{ at: state, message: 'keepalived clears it for this state' }],
          fix: reviewedFix('write state BACKUP', valued(state, 'BACKUP')),
        });
      }
    }
  },
});
