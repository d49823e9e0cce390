import { reviewedFix } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { keyRemoved } from '../../src/model/kernel-edit.ts';
import { misplacedKeys } from '../../src/model/misplaced-keys.ts';
import { unknownRole } from '../../src/model/roles.ts';

const MESSAGES = {
  'sockets-of-director': 'this tunes connections of the director itself; those of clients only pass through',
  'forwarding-of-real-server': 'a DR or TUN real server does not forward packets',
  'arp-behind-nat': 'behind NAT a real server holds no VIP that ARP could tell',
} as const;

export default defineRule({
  id: 'kernel/setting-for-another-role',
  severity: 'info',
  title: 'kernel keys that do nothing for what this host does',
  why: 'They hide the keys that matter here, and the next person believes that they were needed.',
  remedy: 'Give directors and real servers their own files, each with the keys of its role.',
  needs: ['sysctl'],
  spans: true,
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const unknown = unknownRole(host);
      if (unknown !== undefined) report.notJudged(host, unknown);
      const misplaced = misplacedKeys(cluster.whole, host);
      const [first, ...others] = misplaced?.settings ?? [];
      if (misplaced === undefined || first === undefined) continue;
      const more = others.length === 0 ? '' : ` (${others.length + 1} keys)`;
      report({
        host,
        about: host,
        at: first,
        message: `${MESSAGES[misplaced.kind]}${more}`,
        related: others.slice(0, 4).map((at) => ({ at, message: 'and here' })),
        fix: reviewedFix('delete what does nothing here', ...misplaced.settings.map(keyRemoved)),
      });
    }
  },
});
