import { defineRule } from '../../src/judge/rule.ts';

const OWNER = 255;

export default defineRule({
  id: 'vrrp/implicit-address-owner',
  severity: 'warning',
  title: 'a director claims to own the VIP (priority 255)',
  why: 'An owner takes the VIP at once, ignores nopreempt and weighted tracking: a failed check can never move the VIP.',
  remedy: 'Write a priority between 1 and 254, for example 150 here and 100 on the backup.',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const { priority, state } = instance;
        if (priority.value !== OWNER) continue;
        report({
          host,
          about: instance,
          at: priority,
          message:
            priority.basis === 'default'
              ? `${instance.label} has state MASTER and no priority, which makes it ${OWNER}: the address owner's`
              : `${instance.label} has priority ${OWNER}: the address owner's`,
          related:
            priority.basis === 'default' ? [{ at: state, message: 'state MASTER without a priority' }] : [],
        });
      }
    }
  },
});
