import { defineRule } from '../../src/judge/rule.ts';
import { daemonDuties } from '../../src/model/daemon-duties.ts';

export default defineRule({
  id: 'drift/daemon-not-running',
  severity: 'error',
  title: 'keepalived does not run on a director',
  why: 'Nobody there takes the VIP or checks servers: if this is the backup, the next failover is an outage; if it was the only one, it is one now.',
  remedy:
    'See why it ended (journalctl -u keepalived, keepalived -t), start it, and have it started at boot: systemctl enable --now keepalived.',
  needs: ['daemon'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const { running, disabled } = host.daemon;
      const duties = running.value ? undefined : daemonDuties(host);
      if (duties === undefined) continue;
      report({
        host,
        about: host,
        at: running,
        message: `keepalived does not run on ${host.label}: it ${duties.lacks}`,
        related: [
          { at: duties.at, message: 'its file says what it is to do' },
          { at: disabled, message: 'and it is not started at boot' },
        ],
        // Somebody may have switched it off on purpose.
        severity: disabled === undefined ? 'error' : 'warning',
      });
    }
  },
});
