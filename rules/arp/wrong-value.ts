import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { ARP_KEYS, arpGuard, arpServers } from '../../src/model/arp-guard.ts';
import { doubtAboutArpValue, WANTED_ARP } from '../../src/model/arp-value.ts';
import { subjectOn } from '../../src/model/cluster.ts';
import { decidingSetting } from '../../src/model/effective.ts';
import { unseenServers } from '../../src/model/unseen-servers.ts';

export default defineRule({
  id: 'arp/wrong-value',
  severity: 'warning',
  title: 'arp_ignore or arp_announce has a value that does not fit a real server',
  why: 'Other values protect the VIP in some networks only, not at all, or silence the own address of the server as well.',
  remedy: 'Set net.ipv4.conf.all.arp_ignore = 1 and net.ipv4.conf.all.arp_announce = 2.',
  needs: [],
  check({ whole }, report) {
    for (const { host, why } of unseenServers(whole)) report.notJudged(host, why);
    for (const { host, vips } of arpServers(whole)) {
      for (const name of ARP_KEYS) {
        const guard = arpGuard(host, name);
        const setting = guard && decidingSetting(guard.from, guard.value);
        const doubt = guard && doubtAboutArpValue(name, guard.value, vips);
        if (setting === undefined || doubt === undefined) continue;
        report({
          host,
          about: subjectOn(host, name, setting),
          at: setting.value,
          message: `${name} is ${setting.value.value} on ${host.label}: ${doubt.effect}`,
          severity: doubt.severity,
          remedy: `Write ${WANTED_ARP[name]}.`,
          fix: reviewedFix(`write ${WANTED_ARP[name]}`, valued(setting.value, WANTED_ARP[name])),
        });
      }
    }
  },
});
