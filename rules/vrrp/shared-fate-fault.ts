import { defineRule } from '../../src/judge/rule.ts';
import { visibleGroups } from '../../src/model/deviation.ts';
import { outsideTargets } from '../../src/model/shared-fate.ts';

export default defineRule({
  id: 'vrrp/shared-fate-fault',
  severity: 'warning',
  title: 'one outage beyond the cluster takes the VIP from every director',
  why: 'Without a weight a failed check means FAULT: when what all of them ask is down, all are in FAULT and nobody holds the VIP.',
  remedy: 'Give the check the same negative weight on every node, so that somebody stays master.',
  needs: ['vrrp', 'syncGroups', 'trackScripts'],
  spans: true,
  check(cluster, report) {
    for (const group of visibleGroups(cluster)) {
      const [first, ...others] = group.members.map((member) => ({
        member,
        targets: outsideTargets(cluster.whole, member),
      }));
      if (first === undefined || others.length === 0) continue;
      for (const [address, at] of first.targets) {
        if (!others.every(({ targets }) => targets.has(address))) continue;
        report({
          host: first.member.host,
          about: group,
          at,
          message: `every node goes to FAULT when ${address} does not answer`,
          related: others.flatMap(({ member, targets }) => {
            const place = targets.get(address);
            return place === undefined ? [] : [{ at: place, message: `${member.host.label} asks it too` }];
          }),
        });
      }
    }
  },
});
