import { reviewedFix } from '../../src/evidence/fix.ts';
import { lineRemoved } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { visibleGroups } from '../../src/model/deviation.ts';
import { numberOf, settingOf } from '../../src/model/vrrp-effect.ts';

const DEFAULT_REPEAT = 5;

export default defineRule({
  id: 'vrrp-pair/no-garp-after-heal',
  severity: 'warning',
  title: 'after a short split nobody tells the neighbours where the VIP is',
  why: 'Both nodes announce the VIP during the split; the one that stays master sees no change and sends nothing, so neighbours keep the MAC of the other until their cache ends.',
  remedy:
    'Delete the line (keepalived then sends 5 gratuitous ARPs when it hears a lower master), or add garp_master_refresh 60.',
  needs: ['vrrp'],
  spans: true,
  evenIfPartial: true,
  check(cluster, report) {
    for (const group of visibleGroups(cluster)) {
      for (const { host, instance } of group.members) {
        const repeat = settingOf(host, instance, 'garp_lower_prio_repeat');
        if (repeat === undefined || numberOf(repeat, DEFAULT_REPEAT) > 0 || instance.strict?.value) continue;
        if (numberOf(settingOf(host, instance, 'garp_master_refresh'), 0) > 0) continue;
        const other = group.members.find((member) => member.host !== host);
        report({
          host,
          about: group,
          at: repeat,
          message: `${instance.label} sends no gratuitous ARP when a second master gives way to it`,
          fix: reviewedFix('delete the line', lineRemoved(repeat)),
          related:
            other === undefined
              ? []
              : [{ at: other.instance, message: `${other.host.label} may be that second master` }],
        });
      }
    }
  },
});
