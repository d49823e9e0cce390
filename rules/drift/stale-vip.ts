import { defineRule } from '../../src/judge/rule.ts';
import { isKeptOtherwise, liveVips, staleness } from '../../src/model/live-vip.ts';

export default defineRule({
  id: 'drift/stale-vip',
  severity: 'error',
  title: 'a node has a VIP that keepalived does not hold there',
  why: 'As soon as another node is master, two hosts answer for one address: part of the traffic ends where nobody balances it.',
  remedy:
    'Remove the address from this node (ip address del ADDRESS/PREFIX dev DEVICE), then start keepalived again.',
  needs: ['vrrp', 'liveAddresses'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const held of liveVips(host)) {
        const doubt = isKeptOtherwise(host, held) ? undefined : staleness(host, held);
        if (doubt !== undefined) report({ host, about: held.instance, ...doubt });
      }
    }
  },
});
