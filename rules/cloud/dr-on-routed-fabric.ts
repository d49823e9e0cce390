import { defineRule } from '../../src/judge/rule.ts';
import { fabricOf, undeliverable } from '../../src/model/platform.ts';

export default defineRule({
  id: 'cloud/dr-on-routed-fabric',
  severity: 'error',
  title: 'the network does not deliver what DR or TUN sends',
  why: 'The request goes back to where its destination address belongs, the director, and never reaches the server.',
  remedy: 'Use NAT, with the directors as the route back (lb_kind NAT).',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    const fabric = fabricOf(cluster.whole);
    if (fabric === undefined) return;
    for (const host of cluster.hosts)
      for (const doubt of undeliverable(host, fabric)) report({ host, about: host, ...doubt });
  },
});
