import type { Located } from '../../src/evidence/fact.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { isBefore } from '../../src/model/release.ts';
import { letsOthersWrite } from '../../src/model/umask.ts';

export default defineRule({
  id: 'security/management-surface-and-version',
  severity: 'warning',
  title: 'a way into keepalived is open',
  why: 'keepalived runs as root: what others can make it do, or write where it writes, they do as root.',
  remedy: 'Update keepalived, and switch off what nobody uses.',
  needs: ['globals'],
  evenIfPartial: true,
  check(cluster, report) {
    const release = cluster.whole.target.keepalived;
    for (const host of cluster.hosts) {
      const { globals } = host;
      const say = (at: Located, message: string, remedy?: string) =>
        report({ host, about: host, at, message, remedy });
      const bus = globals.other.get('enable_dbus');
      if (bus !== undefined && isBefore(release, '2.2.5'))
        say(
          bus,
          `keepalived ${release} lets any user of the host set properties over D-Bus (CVE-2021-44225)`,
        );
      if (isBefore(release, '2.0.9'))
        say(
          globals,
          `keepalived ${release} writes files that others can aim elsewhere or read (CVE-2018-19044 to 19046)`,
        );
      const umask = globals.other.get('umask');
      if (umask !== undefined && letsOthersWrite(umask.value))
        say(
          umask,
          `umask ${umask.value} lets others write to the files of keepalived`,
          'Write umask 022, or 077.',
        );
    }
  },
});
