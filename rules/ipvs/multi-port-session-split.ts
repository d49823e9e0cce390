import { defineRule } from '../../src/judge/rule.ts';
import { splitSites } from '../../src/model/split-site.ts';

export default defineRule({
  id: 'ipvs/multi-port-session-split',
  severity: 'info',
  title: 'two persistent services of one site remember their clients apart',
  why: 'A client that changes from http to https may land on another server, where its session is unknown.',
  remedy:
    'Put both ports under one firewall mark and make that service persistent, or share sessions between servers.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts)
      for (const { plain, secure } of splitSites(host.services))
        report({
          host,
          about: secure.service,
          at: secure.persistence,
          message: `${secure.service.label} and ${plain.service.label} send one client to two servers: each remembers it on its own`,
          related: [{ at: plain.persistence, message: plain.service.label }],
        });
  },
});
