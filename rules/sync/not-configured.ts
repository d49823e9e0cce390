import { defineRule } from '../../src/judge/rule.ts';
import { directorGroups } from '../../src/model/peers.ts';
import { choosesWithoutState, syncDaemonOf } from '../../src/model/sync-daemon.ts';

export default defineRule({
  id: 'sync/not-configured',
  severity: 'info',
  title: 'directors do not share their connections',
  why: 'The node that takes over knows no connection: established ones break, and persistent clients land on other servers.',
  remedy:
    'Write lvs_sync_daemon INTERFACE INSTANCE id N to global_defs on both nodes, if long connections matter.',
  needs: ['vrrp', 'services'],
  spans: true,
  check(cluster, report) {
    const seen = new Set(cluster.hosts.map(({ name }) => name));
    for (const group of directorGroups(cluster.whole)) {
      const [first] = group;
      if (
        first === undefined ||
        group.some((host) => syncDaemonOf(host) !== undefined || !seen.has(host.name))
      )
        continue;
      const services = first.services ?? [];
      if (services.length === 0 || choosesWithoutState(first)) continue;
      report({
        host: first,
        about: first,
        at: first.globals ?? first.vrrp?.[0] ?? first,
        message: `connections are not synchronised between ${group.map(({ label }) => label).join(' and ')}`,
      });
    }
  },
});
