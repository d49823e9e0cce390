import { defineRule } from '../../src/judge/rule.ts';
import { routerOf } from '../../src/model/peers.ts';
import { doubtsAboutPeers } from '../../src/model/unicast-peers.ts';
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
        const { label, unicastKeyword } = instance;
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
        for (const doubt of doubtsAboutPeers(instance)) report({ ...say, ...doubt });
      }
    }
  },
});
