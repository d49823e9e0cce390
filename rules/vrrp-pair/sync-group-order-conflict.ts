import { defineRule } from '../../src/judge/rule.ts';
import { routerOf } from '../../src/model/peers.ts';
import { leadOf, movedApart, preferredHost, syncGroupOf, syncPairs } from '../../src/model/sync-group.ts';

export default defineRule({
  id: 'vrrp-pair/sync-group-order-conflict',
  severity: 'error',
  title: 'directors do not agree on which of them holds a sync group',
  why: 'All instances of a sync group change together, so each node pulls the whole group over again and again.',
  remedy:
    'Let one node have the higher priority in every instance, and list the same instances in each group.',
  needs: ['vrrp', 'syncGroups'],
  spans: true,
  check(cluster, report) {
    for (const pair of syncPairs(cluster)) {
      const { sync, here, there, halves } = pair;
      const [first, ...rest] = halves;
      if (first === undefined) continue;
      const against = rest.find((half) => leadOf(half) * leadOf(first) < 0);
      const apart = movedApart(pair);
      if (against !== undefined) {
        const [mine, theirs] = against;
        report({
          host: there,
          about: routerOf(cluster.whole, mine.instance),
          at: theirs.instance.priority,
          message: `${sync.label} is pulled both ways: ${first[0].instance.label} prefers ${preferredHost(first).label}, ${mine.instance.label} prefers ${preferredHost(against).label}`,
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
          at: syncGroupOf(there, first[1].instance) ?? theirs.instance,
          message: `${there.label} moves ${theirs.instance.label} apart from ${first[1].instance.label}, ${here.label} keeps both in ${sync.label}`,
          related: [{ at: listed, message: `${here.label} moves them together` }],
        });
      }
    }
  },
});
