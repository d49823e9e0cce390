import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { lineAdded } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { routerOf } from '../../src/model/peers.ts';
import { isOwner } from '../../src/model/vrrp-effect.ts';

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
      const held = new Set([...host.ownAddresses, ...(host.addresses ?? []).map(({ key }) => key)]);
      for (const instance of host.vrrp) {
        const { priority, state, vips, label, strict } = instance;
        if (!isOwner(instance) || vips.some(({ value }) => held.has(value.key ?? ''))) continue;
        const implied = priority.basis === 'default';
        report({
          host,
          about: routerOf(cluster.whole, instance),
          at: priority,
          message: implied
            ? `${label} has state MASTER and no priority, which makes it 255: the address owner's`
            : `${label} has priority 255: the address owner's`,
          related: implied ? [{ at: state, message: 'state MASTER without a priority' }] : [],
          // Strict mode has an owner start as MASTER, and nobody else.
          fix: strict?.value
            ? undefined
            : implied
              ? reviewedFix('write priority 254', lineAdded(state, 'priority 254'))
              : reviewedFix('write 254', valued(priority, 254)),
        });
      }
    }
  },
});
