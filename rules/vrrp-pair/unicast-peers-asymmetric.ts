import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { lineAddedIn } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { visibleGroups } from '../../src/model/deviation.ts';
import { misspeltPeer, peerKeyOf } from '../../src/model/unicast-peers.ts';
import { lineOf } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp-pair/unicast-peers-asymmetric',
  severity: 'error',
  title: 'a director does not send its adverts to all the others',
  why: 'The node that is left out hears nobody and becomes master; where it is the master already, this shows at the next failover only.',
  remedy: 'List the unicast_src_ip of every other node under unicast_peer, on every node.',
  needs: ['vrrp'],
  spans: true,
  follows: ['vrrp-pair/transport-mismatch'],
  check(cluster, report) {
    for (const group of visibleGroups(cluster)) {
      if (group.members.some(({ instance }) => instance.unicastPeers.length === 0)) continue;
      const everybody = new Set(group.members.flatMap(({ host }) => [...host.ownAddresses]));
      for (const sender of group.members) {
        const listed = new Set(sender.instance.unicastPeers.map(peerKeyOf));
        for (const left of group.members) {
          const { host, instance } = left;
          if (left === sender || host.ownAddresses.size === 0) continue;
          // Two config ids that do not tell addresses apart are no two nodes.
          if (instance.unicastSource?.value === sender.instance.unicastSource?.value) continue;
          if ([...host.ownAddresses].some((address) => listed.has(address))) continue;
          const address = instance.unicastSource?.value ?? [...host.ownAddresses][0] ?? '';
          const slip = misspeltPeer(sender, everybody);
          const list = lineOf(sender.instance, 'unicast_peer');
          report({
            host: sender.host,
            about: group,
            at: slip ?? list,
            fix: reviewedFix(`list ${address}`, slip ? valued(slip, address) : lineAddedIn(list, address)),
            message: `${sender.host.label} does not send its adverts to ${host.label}: ${address} is not among its unicast peers`,
            related: [{ at: instance.unicastSource ?? instance, message: `${host.label} is ${address}` }],
          });
        }
      }
    }
  },
});
