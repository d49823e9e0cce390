import { defineRule } from '../../src/judge/rule.ts';
import { directorPairs } from '../../src/model/peers.ts';
import { serviceDifferences } from '../../src/model/service-difference.ts';
import { sharedSide } from '../../src/model/shared-services.ts';

export default defineRule({
  id: 'drift/directors-differ',
  severity: 'error',
  title: 'directors of one VIP balance different things',
  why: 'After a failover a part of the service is missing, or balanced in another way: it is noticed at the worst moment.',
  remedy: 'Make both files from one, with @id lines for the few that are meant to differ.',
  needs: ['vrrp', 'services'],
  spans: true,
  compares: true,
  // What was written into one file and never loaded.
  follows: ['drift/table-differs-from-config'],
  check(cluster, report) {
    for (const [one, other] of directorPairs(cluster)) {
      const sides = [sharedSide(cluster.whole, one, other), sharedSide(cluster.whole, other, one)] as const;
      for (const { host, about, at, message, related, grave } of serviceDifferences(...sides)) {
        report({
          host,
          about,
          at,
          message,
          related: [related],
          severity: grave ? 'error' : 'warning',
        });
      }
    }
  },
});
