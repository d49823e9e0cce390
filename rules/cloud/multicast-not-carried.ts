import { defineRule } from '../../src/judge/rule.ts';
import { fabricOf, multicastDoubts } from '../../src/model/platform.ts';

export default defineRule({
  id: 'cloud/multicast-not-carried',
  severity: 'error',
  title: 'VRRP or the sync daemon uses multicast where the network carries none',
  why: 'No node ever hears another, so each becomes master and holds the VIP, for good.',
  remedy: 'Write unicast_src_ip and unicast_peer on every node.',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    const fabric = fabricOf(cluster.whole);
    if (fabric === undefined) return;
    for (const host of cluster.hosts)
      for (const { about = host, ...doubt } of multicastDoubts(host, fabric))
        report({ host, about, ...doubt });
  },
});
