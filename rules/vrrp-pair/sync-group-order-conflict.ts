import { defineRule } from '../../src/judge/rule.ts';
import { routerOf } from '../../src/model/peers.ts';
import { type SyncPair, syncGroupOf, syncPairs } from '../../src/model/sync-group.ts';

export default defineRule({
  id: 'vrrp-pair/sync-group-order-conflict',
  severity: 'error',
  title: 'directors do not agree on which of them holds a sync group',
  why: 'All instances of a sync group change together, so each node pulls the whole group over again and again.',
  remedy:
    'Let one node have the higher priority in every instance, and list the same instances in each group.',
  needs: ['vrrp', 'syncGroups'],
  check(cluster, report) {
    for (const { sync, here, there, halves } of syncPairs(cluster)) {
      const [first, ...rest] = halves;
      if (first === undefined) continue;
      const against = rest.find((half) => lead(half) * lead(first) < 0);
      const theirGroup = syncGroupOf(there, first[1].instance);
      const apart = rest.find(
        ([, { instance }]) => theirGroup === undefined || syncGroupOf(there, instance) !== theirGroup,
      );
      if (against !== undefined) {
        const [mine, theirs] = against;
        report({
          host: there,
          about: routerOf(cluster.whole, mine.instance),
          at: theirs.instance.priority,
          message: `${sync.label} is pulled both ways: ${first[0].instance.label} prefers ${preferred(first)}, ${mine.instance.label} prefers ${preferred(against)}`,
          related: [...first, mine].map(({ host, instance: { label, priority } }) => ({
            at: priority,
            message: `${label} has ${priority.value} on ${host.label}`,
          })),
        });
      } else if (apart !== undefined) {
        const [mine, theirs] = apart;
        const listed = sync.members.find(({ value }) => value === mine.instance.label) ?? sync;
        report({
          host: there,
          about: routerOf(cluster.whole, first[0].instance),
          at: theirGroup ?? theirs.instance,
          message: `${there.label} moves ${theirs.instance.label} apart from ${first[1].instance.label}, ${here.label} keeps both in ${sync.label}`,
          related: [{ at: listed, message: `${here.label} moves them together` }],
        });
      }
    }
  },
});

type Half = SyncPair['halves'][number];

function lead([mine, theirs]: Half) {
  return mine.instance.priority.value - theirs.instance.priority.value;
}

function preferred(half: Half): string {
  return half[lead(half) > 0 ? 0 : 1].host.label;
}
