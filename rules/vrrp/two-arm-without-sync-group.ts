import { defineRule } from '../../src/judge/rule.ts';
import { routerOf } from '../../src/model/peers.ts';
import { insideGateways } from '../../src/model/two-arm.ts';

export default defineRule({
  id: 'vrrp/two-arm-without-sync-group',
  severity: 'error',
  title: 'the outside VIP and the inside gateway of a NAT director move apart',
  why: 'After a fault of one link, one node has the VIP and the other the gateway: replies bypass the node that translates them, and every connection hangs.',
  remedy: 'Put both instances into one vrrp_sync_group, and track there what concerns both.',
  needs: ['vrrp', 'syncGroups', 'services'],
  follows: ['vrrp-pair/sync-group-order-conflict'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const { outside, inside, server } of insideGateways(host)) {
        report({
          host,
          about: routerOf(cluster.whole, outside),
          at: inside,
          message: `${inside.label} holds the gateway of real server ${server.label}, and ${outside.label} its VIP: no sync group keeps them together`,
          related: [
            { at: outside, message: 'clients come in here' },
            { at: server, message: 'its replies leave through the gateway' },
          ],
        });
      }
    }
  },
});
