import { defineRule } from '../../src/judge/rule.ts';
import { groupWith, routerOf } from '../../src/model/peers.ts';
import { tracksOf, weightedTracks } from '../../src/model/tracking.ts';
import { isOwner } from '../../src/model/vrrp-effect.ts';

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
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const { nopreempt, state, label } = instance;
        if (!nopreempt?.value || state.value === 'MASTER' || isOwner(instance)) continue;
        const members = groupWith(cluster.whole, instance)?.members ?? [{ host, instance }];
        const others = members.filter((member) => member.host !== host || members.length === 1);
        const stuck = others.find(
          (member) =>
            !tracksOf(member.host, member.instance).some(
              ({ weight, kind }) => weight.value === 0 && kind !== 'interface',
            ) && weightedTracks(member.host, member.instance).length > 0,
        );
        const [track] = stuck === undefined ? [] : weightedTracks(stuck.host, stuck.instance);
        if (stuck === undefined || track === undefined) continue;
        report({
          host,
          about: routerOf(cluster.whole, instance),
          at: nopreempt,
          message: `${label} never takes over while ${stuck.host === host ? 'the master' : stuck.host.label} advertises, and ${track.name.value} only lowers its priority`,
          related: [
            {
              at: track.weight,
              message: `${track.name.value} has weight ${track.weight.value} on ${stuck.host.label}`,
            },
          ],
        });
      }
    }
  },
});
