import { defineRule } from '../../src/judge/rule.ts';
import { isOnePlace, visibleGroups } from '../../src/model/deviation.ts';
import { isSticky, rankingOf, writtenPriority as written } from '../../src/model/ranking.ts';

export default defineRule({
  id: 'vrrp-pair/priority-order',
  severity: 'warning',
  title: 'states and priorities do not say clearly which director is preferred',
  why: 'State is only where a node starts: the priority decides, and between equal ones the higher address.',
  remedy: 'Give every node a priority of its own, and state MASTER to the highest or to none.',
  needs: ['vrrp', 'syncGroups'],
  spans: true,
  compares: true,
  follows: ['vrrp-pair/sync-group-order-conflict', 'vrrp/implicit-address-owner'],
  check(cluster, report) {
    for (const group of visibleGroups(cluster)) {
      const [first, second] = rankingOf(group);
      if (first === undefined || second === undefined || isSticky(group)) continue;
      const masters = group.members.filter(({ instance }) => instance.state.value === 'MASTER');
      const misled = masters.find((member) => written(member) < written(first));
      if (isOnePlace(first.instance.priority, second.instance.priority)) continue;
      if (first.best === second.best) {
        const even = written(first) === written(second);
        report({
          host: second.host,
          about: group,
          at: second.instance.priority,
          severity: even && second.tracks.length > 0 && masters.length === 0 ? 'info' : 'warning',
          message: `${even && second.tracks.length === 0 ? '' : 'with all checks passing '}${first.host.label} and ${second.host.label} both have priority ${first.best}, so the higher address becomes master`,
          related: [{ at: first.instance.priority, message: `${written(first)} on ${first.host.label}` }],
        });
      } else if (misled !== undefined) {
        const [other = first] = masters.filter((member) => member !== misled);
        report({
          host: misled.host,
          about: group,
          at: misled.instance.state,
          message: `${misled.host.label} starts as MASTER, but ${first.host.label} has the higher priority: ${written(first)} against ${written(misled)}`,
          related: [
            masters.length > 1
              ? { at: other.instance.state, message: `${other.host.label} starts as MASTER too` }
              : { at: first.instance.priority, message: `${first.host.label} has ${written(first)}` },
          ],
        });
      }
    }
  },
});
