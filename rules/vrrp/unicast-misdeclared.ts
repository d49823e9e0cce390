import { defineRule } from '../../src/judge/rule.ts';
import { familyOf } from '../../src/model/endpoint.ts';
import { routerOf } from '../../src/model/peers.ts';
import { doubtfulPeers } from '../../src/model/unicast-peers.ts';
import { isUnicast } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp/unicast-misdeclared',
  severity: 'error',
  title: 'the list of unicast peers is not the list of the other nodes',
  why: 'The node sends its adverts to itself, or by multicast, and the peer that was meant hears nothing.',
  remedy: 'List every other node once under unicast_peer, and this node under unicast_src_ip only.',
  needs: ['vrrp'],
  evenIfPartial: true,
  follows: ['vrrp-pair/transport-mismatch', 'vrrp-pair/unicast-peers-asymmetric'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const { label, unicastPeers, unicastKeyword, unicastSource, family } = instance;
        const say = { host, about: routerOf(cluster.whole, instance) };
        if (unicastKeyword !== undefined && !isUnicast(instance))
          report({
            ...say,
            at: unicastKeyword,
            severity: 'warning',
            message: `${label} has a unicast keyword and no peer, so keepalived sends its adverts by multicast`,
            toldByKeepalived: true,
            why: 'On a network without multicast nobody hears them; keepalived calls this usage deprecated.',
          });
        for (const { peer, key, is } of doubtfulPeers(instance)) {
          if (is === 'the node itself')
            report({
              ...say,
              at: peer,
              severity: unicastPeers.length > 1 ? 'warning' : 'error',
              message: `${label} lists the node's own address ${key} as a peer`,
              related: [{ at: unicastSource, message: 'this node' }],
            });
          else if (is === 'of the other family')
            report({
              ...say,
              at: peer,
              message: `peer ${key} is IPv${familyOf(key)} and ${label} is IPv${family}, so keepalived leaves it out`,
              toldByKeepalived: true,
            });
          else report({ ...say, at: peer, severity: 'warning', message: `${label} lists peer ${key} twice` });
        }
      }
    }
  },
});
