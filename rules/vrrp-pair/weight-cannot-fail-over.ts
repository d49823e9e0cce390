import { defineRule } from '../../src/judge/rule.ts';
import { visibleGroups } from '../../src/model/deviation.ts';
import { neededWeight, priorityAfter, rankingOf, weightFix } from '../../src/model/ranking.ts';
import { isOwner } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp-pair/weight-cannot-fail-over',
  severity: 'error',
  title: 'a failed check lowers the priority too little to move the VIP',
  why: 'The service on the master is dead, its check says so, and the VIP stays where it is.',
  remedy:
    'Make the weight larger than the distance between the priorities, or leave it out: a failed check then means FAULT.',
  needs: ['vrrp', 'syncGroups'],
  spans: true,
  check(cluster, report) {
    for (const group of visibleGroups(cluster)) {
      if (group.members.some(({ instance }) => isOwner(instance))) continue;
      const ranking = rankingOf(group);
      const [master, ...backups] = ranking;
      const heir = backups.find(({ instance }) => instance.nopreempt?.value !== true);
      if (master === undefined || heir === undefined || master.best === heir.best) continue;
      const { host, instance, tracks, best } = master;
      const stuck = tracks.filter((track) => priorityAfter(master, [track]) >= heir.best);
      const [first] = stuck;
      if (first === undefined) continue;
      const together = stuck.length < tracks.length || priorityAfter(master, tracks) < heir.best;
      report({
        host,
        about: group,
        at: first.weight,
        message: `when ${first.name.value} fails, ${host.label} goes from ${best} to ${priorityAfter(master, [first])} and ${heir.host.label} has ${heir.best}, so the VIP stays`,
        related: [
          { at: heir.instance.priority, message: `${heir.host.label} has ${heir.instance.priority.value}` },
          { at: instance.priority, message: `${host.label} has ${instance.priority.value}` },
        ],
        remedy:
          heir.best === 1
            ? `Give ${heir.host.label} a priority above 1: no weight takes ${host.label} below that.`
            : `Give ${first.name.value} a weight of ${neededWeight(master, heir, first)} on every node, or none: a failed check then means FAULT.`,
        fix: heir.best === 1 ? undefined : weightFix(ranking, heir, first),
        ...(together && {
          severity: 'info',
          why: 'Only several failed checks together move the VIP, which may be what is wanted.',
        }),
      });
    }
  },
});
