import { defineRule } from '../../src/judge/rule.ts';
import { doubtAboutDaemon } from '../../src/model/sync-daemon.ts';

export default defineRule({
  id: 'sync/instance-or-syntax',
  severity: 'warning',
  title: 'the sync daemon is bound to nothing that exists',
  why: 'The daemon does not start or does not change sides: connections are lost at the failover that it is there for.',
  remedy:
    'Write lvs_sync_daemon INTERFACE INSTANCE id N to global_defs, with the name of a vrrp_instance of this file.',
  needs: ['globals', 'vrrp'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const doubt = doubtAboutDaemon(host);
      if (doubt !== undefined) report({ host, ...doubt });
    }
  },
});
