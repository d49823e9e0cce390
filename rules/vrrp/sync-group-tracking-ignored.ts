import { defineRule } from '../../src/judge/rule.ts';
import { routerOf } from '../../src/model/peers.ts';
import { doubtsAboutMembers } from '../../src/model/sync-doubt.ts';
import { instancesOf, keepsWeights } from '../../src/model/sync-group.ts';
import { isWeightIgnored } from '../../src/model/tracking.ts';

export default defineRule({
  id: 'vrrp/sync-group-tracking-ignored',
  severity: 'warning',
  title: 'a sync group does not do what its lines say',
  why: 'The members of a sync group move together, so keepalived drops what would move one of them alone.',
  remedy: 'Track on the group and without a weight, and list in it all instances that belong together, once.',
  needs: ['vrrp', 'syncGroups'],
  follows: ['vrrp-pair/sync-group-order-conflict'],
  toldByKeepalived: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const group of host.syncGroups) {
        const [first] = instancesOf(host, group);
        const about = first === undefined ? group : routerOf(cluster.whole, first);
        for (const doubt of doubtsAboutMembers(host, group)) report({ host, about, ...doubt });
        if (keepsWeights(group)) continue;
        for (const { label, tracks } of instancesOf(host, group)) {
          for (const { kind, name, weight } of tracks.filter(isWeightIgnored)) {
            const dropped = kind === 'script';
            report({
              host,
              about: group,
              at: name,
              message: dropped
                ? `${label} is in sync group ${group.label}, so keepalived drops its ${name.value} with weight ${weight.value}: nothing watches it`
                : `${label} is in sync group ${group.label}, so the weight ${weight.value} of ${name.value} does not count`,
              related: [{ at: weight, message: 'the weight' }],
              ...(dropped && { severity: 'error' }),
            });
          }
        }
      }
    }
  },
});
