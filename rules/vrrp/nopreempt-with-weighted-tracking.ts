import { defineRule } from '../../src/judge/rule.ts';
import { virtualRouters } from '../../src/model/deviation.ts';
import type { VrrpMember } from '../../src/model/peers.ts';
import { canFault, weightedTracks } from '../../src/model/tracking.ts';
import { isOwner, keepsBackup } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp/nopreempt-with-weighted-tracking',
  severity: 'error',
  title: 'the backup waits for the master to fall silent, but a failed check only lowers its priority',
  why: 'A node with nopreempt accepts adverts of any priority: the master with the dead service keeps sending them, and the VIP never moves.',
  remedy:
    'Leave the weight out, so that a failed check means FAULT, or use preempt_delay instead of nopreempt.',
  needs: ['vrrp', 'syncGroups'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { about, members } of virtualRouters(cluster)) {
      const [first, ...others] = members.toSorted(
        (one, other) => other.instance.priority.value - one.instance.priority.value,
      );
      const heir = others.find(waits) ?? (first !== undefined && waits(first) ? first : undefined);
      const master = members.find((member) => (member !== heir || members.length === 1) && !canFault(member));
      const [track] = master === undefined ? [] : weightedTracks(master.host, master.instance);
      const at = heir?.instance.nopreempt;
      if (heir === undefined || at === undefined || master === undefined || track === undefined) continue;
      const whom = master === heir ? 'the master' : master.host.label;
      const name = track.name.value;
      report({
        host: heir.host,
        about,
        at,
        message: `${heir.instance.label} never takes over while ${whom} advertises, and ${name} only lowers its priority`,
        related: [
          { at: track.weight, message: `${name} has weight ${track.weight.value} on ${master.host.label}` },
        ],
        // The preferred node comes to wait only when it has lost the VIP once.
        severity: heir === first && master !== heir ? 'warning' : 'error',
      });
    }
  },
});

function waits({ instance }: VrrpMember): boolean {
  return keepsBackup(instance) && !isOwner(instance);
}
