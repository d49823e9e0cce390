import { defineRule } from '../../src/judge/rule.ts';
import { isOnePlace, visibleGroups } from '../../src/model/deviation.ts';
import type { VrrpMember } from '../../src/model/peers.ts';
import { hasWeights, healthyPriority as healthy } from '../../src/model/tracking.ts';

export default defineRule({
  id: 'vrrp-pair/priority-order',
  severity: 'warning',
  title: 'states and priorities do not say clearly which director is preferred',
  why: 'State is only where a node starts: the priority decides, and between equal ones the higher address.',
  remedy: 'Give every node a priority of its own, and state MASTER to the highest or to none.',
  needs: ['vrrp', 'syncGroups'],
  follows: ['vrrp-pair/sync-group-order-conflict', 'vrrp/implicit-address-owner'],
  check(cluster, report) {
    for (const group of visibleGroups(cluster)) {
      const ranked = group.members.toSorted((one, other) => healthy(other) - healthy(one));
      const [first, second] = ranked;
      if (first === undefined || second === undefined || isSticky(ranked)) continue;
      const masters = group.members.filter(({ instance }) => instance.state.value === 'MASTER');
      const misled = masters.find((member) => priority(member) < priority(first));
      if (isOnePlace(first.instance.priority, second.instance.priority)) continue;
      if (healthy(first) === healthy(second)) {
        const even = priority(first) === priority(second);
        report({
          host: second.host,
          about: group,
          at: second.instance.priority,
          severity: even && hasWeights(second) && masters.length === 0 ? 'info' : 'warning',
          message: `${even && !hasWeights(second) ? '' : 'with all checks passing '}${first.host.label} and ${second.host.label} both have priority ${healthy(first)}, so the higher address becomes master`,
          related: [{ at: first.instance.priority, message: `${priority(first)} on ${first.host.label}` }],
        });
      } else if (misled !== undefined) {
        const [other = first] = masters.filter((member) => member !== misled);
        report({
          host: misled.host,
          about: group,
          at: misled.instance.state,
          message: `${misled.host.label} starts as MASTER, but ${first.host.label} has the higher priority: ${priority(first)} against ${priority(misled)}`,
          related: [
            masters.length > 1
              ? { at: other.instance.state, message: `${other.host.label} starts as MASTER too` }
              : { at: first.instance.priority, message: `${first.host.label} has ${priority(first)}` },
          ],
        });
      }
    }
  },
});

function priority({ instance }: VrrpMember): number {
  return instance.priority.value;
}

/** Equal priorities with nopreempt everywhere: whoever is master stays, on purpose. */
function isSticky(members: readonly VrrpMember[]): boolean {
  return members.every(
    ({ instance }) => instance.nopreempt?.value === true && instance.state.value === 'BACKUP',
  );
}
