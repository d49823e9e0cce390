import { defineRule } from '../../src/judge/rule.ts';
import { directorPairs } from '../../src/model/peers.ts';
import { syncDaemonOf, syncDifferences } from '../../src/model/sync-daemon.ts';

export default defineRule({
  id: 'sync/parameters-differ',
  severity: 'error',
  title: 'sync daemons of two directors do not understand each other',
  why: 'The backup discards what the master sends, its table stays empty, and nobody notices before the failover.',
  remedy: 'Give both nodes the same lvs_sync_daemon line, but for the interface.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  check(cluster, report) {
    for (const [one, other] of directorPairs(cluster)) {
      const [first, second] = [syncDaemonOf(one), syncDaemonOf(other)];
      const daemon = first ?? second;
      if (daemon === undefined) continue;
      if (first === undefined || second === undefined) {
        const [without, having] = first === undefined ? [one, other] : [other, one];
        report({
          host: without,
          about: without,
          at: without.globals ?? without.vrrp[0] ?? without,
          message: `${without.label} runs no sync daemon, ${having.label} does: nothing is synchronised`,
          related: [{ at: daemon, message: `the daemon of ${having.label}` }],
        });
        continue;
      }
      for (const { name, values, at } of syncDifferences(one, other)) {
        report({
          host: other,
          about: other,
          at: at[1] ?? second,
          message: `${name} is ${values[1]} on ${other.label}, ${values[0]} on ${one.label}`,
          related: [{ at: at[0] ?? first, message: `${values[0]} on ${one.label}` }],
        });
      }
    }
  },
});
