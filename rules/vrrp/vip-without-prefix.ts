import type { Fact } from '../../src/evidence/fact.ts';
import { type Edit, safeFix, worded } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { movedVips } from '../../src/model/vip-list.ts';
import type { Vip } from '../../src/model/vrrp.ts';

export default defineRule({
  id: 'vrrp/vip-without-prefix',
  severity: 'info',
  title: 'a VIP has no prefix length',
  why: 'keepalived takes /32 or /128. That is right beside another address of the same network; where the VIP is the only one, the node cannot reach the neighbours in it.',
  remedy: 'Write the length that is meant: /32 (/128) on purpose, or that of the network.',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const bare = movedVips(instance).filter(
          ({ value }) => value.key !== undefined && value.prefix === undefined,
        );
        const [first, ...others] = bare;
        if (first === undefined) continue;
        const more = others.length === 0 ? '' : `, and ${others.length} more of ${instance.label} likewise`;
        report({
          host,
          about: instance,
          at: first,
          message: `${first.value.address} becomes a /${first.value.family === 4 ? 32 : 128}${more}`,
          fix: safeFix('write what runs', ...bare.map(withLength)),
        });
      }
    }
  },
});

function withLength(vip: Fact<Vip>): Edit | undefined {
  const { address, family } = vip.value;
  return worded(vip, address, `${address}/${family === 4 ? 32 : 128}`);
}
