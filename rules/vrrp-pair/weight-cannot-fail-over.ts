import { defineRule } from '../../src/judge/rule.ts';
import { visibleGroups } from '../../src/model/deviation.ts';
import type { VrrpMember } from '../../src/model/peers.ts';
import { priorityWithout, weightedTracks } from '../../src/model/tracking.ts';
import type { Track } from '../../src/model/vrrp.ts';
import { isOwner } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp-pair/weight-cannot-fail-over',
  severity: 'error',
  title: 'a failed check lowers the priority too little to move the VIP',
  why: 'The service on the master is dead, its check says so, and the VIP stays where it is.',
  remedy:
    'Make the weight larger than the distance between the priorities, or leave it out: a failed check then means FAULT.',
  needs: ['vrrp', 'syncGroups'],
  check(cluster, report) {
    for (const group of visibleGroups(cluster)) {
      if (group.members.some(({ instance }) => isOwner(instance))) continue;
      const ranked = group.members
        .map((member) => ({ ...member, tracks: weightedTracks(member.host, member.instance) }))
        .map((member) => ({ ...member, best: priorityWithout(member.instance, member.tracks, []) }))
        .sort((one, other) => other.best - one.best);
      const [master, ...backups] = ranked;
      const heir = backups.find(({ instance }) => instance.nopreempt?.value !== true);
      if (master === undefined || heir === undefined || master.best === heir.best) continue;
      const { host, instance, tracks, best } = master;
      const left = (failed: typeof tracks) => priorityWithout(instance, tracks, failed);
      const stuck = tracks.filter((track) => left([track]) >= heir.best);
      const [first] = stuck;
      if (first === undefined) continue;
      const together = stuck.length < tracks.length || left(tracks) < heir.best;
      report({
        host,
        about: group,
        at: first.weight,
        message: `when ${first.name.value} fails, ${host.label} goes from ${best} to ${left([first])} and ${heir.host.label} has ${heir.best}, so the VIP stays`,
        related: [
          { at: heir.instance.priority, message: `${heir.host.label} has ${heir.instance.priority.value}` },
          { at: instance.priority, message: `${host.label} has ${instance.priority.value}` },
        ],
        remedy:
          heir.best === 1
            ? `Give ${heir.host.label} a priority above 1: no weight takes ${host.label} below that.`
            : `Give ${first.name.value} a weight of ${neededWeight(master, heir, first)} on every node, or none: a failed check then means FAULT.`,
        ...(together && {
          severity: 'info',
          why: 'Only several failed checks together move the VIP, which may be what is wanted.',
        }),
      });
    }
  },
});

/** A positive weight counts on both nodes, so the distance is that of the priorities as written. */
function neededWeight(master: VrrpMember & { best: number }, heir: typeof master, { weight }: Track): string {
  if (weight.value < 0) return `-${master.best - heir.best + 1} or lower`;
  return `${master.instance.priority.value - heir.instance.priority.value + 1} or more`;
}
