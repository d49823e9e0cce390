import { defineRule } from '../../src/judge/rule.ts';
import { takeoverNote } from '../../src/model/idle-director.ts';
import { hostOfServer } from '../../src/model/server-host.ts';
import { serviceDifferences } from '../../src/model/service-difference.ts';
import { tableSides } from '../../src/model/table-sides.ts';

export default defineRule({
  id: 'drift/table-differs-from-config',
  severity: 'error',
  title: 'the running table is not what the configuration says',
  why: 'Somebody changed the table by hand, or the change in the file was never loaded. A reload does not repair it: keepalived compares files, not the kernel.',
  remedy:
    'Restart keepalived in a quiet hour (a reload is not enough), and change the file instead of the table.',
  needs: ['services', 'table'],
  follows: [
    'drift/daemon-not-running',
    'drift/edited-not-reloaded',
    'drift/backup-would-fail',
    'firewall/support-traffic-blocked',
    'firewall/vip-traffic-blocked',
    'arp/vip-not-host-mask',
  ],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const [wanted, running] = tableSides(cluster.whole, host);
      for (const { about, at, message, related, grave } of serviceDifferences(wanted, running, true))
        report({
          host,
          about,
          at,
          message: grave ? message + takeoverNote(cluster.whole, host) : message,
          involves: [hostOfServer(cluster.whole, about)],
          related: [related],
          severity: grave ? 'error' : 'warning',
        });
    }
  },
});
