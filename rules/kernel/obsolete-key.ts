import { defineRule } from '../../src/judge/rule.ts';
import { keyName } from '../../src/model/kernel-files.ts';
import { fixOfObsolete, type ObsoleteLines, obsoleteLines } from '../../src/model/obsolete-lines.ts';

export default defineRule({
  id: 'kernel/obsolete-key',
  severity: 'warning',
  title: 'a kernel key that current kernels no longer have',
  why: 'At boot the line is passed over without a word, sysctl -p ends with an error, and the limit that was meant is not set.',
  remedy: 'Delete the line, or set the key that does its work today.',
  needs: ['sysctl'],
  evenIfPartial: true,
  check(cluster, report) {
    const { kernel } = cluster.whole.target;
    for (const host of cluster.hosts) {
      for (const lines of obsoleteLines(host.sysctl, kernel)) {
        const [first, ...others] = lines.settings;
        report({
          host,
          about: host,
          at: first,
          message:
            lines.effect === 'drops-clients'
              ? `net.ipv4.tcp_tw_recycle = 1 on kernel ${kernel} drops connections of clients behind one NAT`
              : messageOf(lines),
          related: others.slice(0, 3).map((at) => ({ at, message: 'this, too' })),
          severity: SEVERITY[lines.effect],
          remedy: lines.key.remedy,
          fix: fixOfObsolete(lines),
        });
      }
    }
  },
});

/** A line that no longer does what is the case anyway harms nobody. */
const SEVERITY = { 'drops-clients': 'error', lost: 'warning', none: 'info' } as const;

function messageOf({
  key: { state, lastKernel, instead },
  settings: [first, ...others],
}: ObsoleteLines): string {
  const name = keyName(first.key);
  if (state === 'never') return `${name} comes from a patch: no released kernel has it`;
  const since = lastKernel === undefined ? '' : ` after kernel ${lastKernel}`;
  if (state === 'without-effect') return `${name} does nothing${since}`;
  if (others.length > 0) return `${name} and ${others.length} more of its kind are gone${since}`;
  return `${name} is gone${since}${instead === undefined ? '' : `; today it is ${keyName(instead)}`}`;
}
