import { defineRule } from '../../src/judge/rule.ts';
import { editsSinceLoad } from '../../src/model/host-file.ts';

export default defineRule({
  id: 'drift/edited-not-reloaded',
  severity: 'warning',
  title: 'a file was changed after keepalived had read it',
  why: 'What runs is not what the file says, and nobody has tried the file yet: the surprise comes with the next restart or reboot.',
  remedy: 'Check the file with keepalived -t, then load it: systemctl reload keepalived.',
  needs: ['daemon', 'files'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const { file, after } of editsSinceLoad(host)) {
        report({
          host,
          about: host,
          at: file.modifiedAt,
          message: `${file.path} was changed ${after} after keepalived had last loaded its files`,
          related: [{ at: host.daemon.loadedAt, message: 'it loaded them here' }],
        });
      }
    }
  },
});
