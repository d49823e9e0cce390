import { reviewedFix, safeFix } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { arpFilterOf } from '../../src/model/arp-filter.ts';
import { idleKeys } from '../../src/model/arp-guard.ts';
import { subjectOn } from '../../src/model/cluster.ts';
import { keyRemoved, setForAll } from '../../src/model/kernel-edit.ts';
import { keyName } from '../../src/model/kernel-files.ts';

export default defineRule({
  id: 'arp/only-lo-set',
  severity: 'error',
  title: 'ARP is restrained on lo only, where no ARP packet ever arrives',
  why: 'The kernel asks all and the interface that a request comes in on: the host looks protected and answers for the VIP all the same.',
  remedy:
    'Set net.ipv4.conf.all.arp_ignore = 1 and net.ipv4.conf.all.arp_announce = 2; no line for lo is needed.',
  needs: ['sysctl'],
  check(cluster, report) {
    for (const { host, vips, open, needless } of idleKeys(cluster.whole)) {
      const [first, ...others] = open.settings;
      const vip = vips?.[0]?.address;
      const isMeant = vips !== undefined || host.roles.size === 0;
      if (first !== undefined && isMeant && arpFilterOf(host) === undefined) {
        const names = `${open.names.join(' and ')} ${open.names.length === 1 ? 'is' : 'are'}`;
        const effect = open.names.includes('arp_ignore') ? 'answers ARP for' : 'tells its neighbours';
        const alike = others.slice(0, 3).map((at) => ({ at, message: 'this does nothing either' }));
        const device = first.key.split('/')[3];
        report({
          host,
          about: host,
          at: first,
          message: `${host.label} ${effect} ${vip === undefined ? 'its VIPs' : `VIP ${vip.key}`}: ${names} set for ${device} only`,
          related: [...alike, { at: vip?.address, message: 'the VIP' }],
          severity: vips === undefined ? 'warning' : 'error',
          fix: reviewedFix('set them for all', ...open.settings.map(setForAll)),
        });
      }
      const [idle, ...more] = needless;
      if (idle !== undefined)
        report({
          host,
          about: subjectOn(host, keyName(idle.key), idle, idle.key),
          at: idle,
          message: `${keyName(idle.key)} does nothing: no ARP packet arrives on ${idle.key.split('/')[3]}`,
          related: more.slice(0, 3).map((at) => ({ at, message: 'nor does this one' })),
          severity: 'info',
          why: 'What all or the network interface says protects the VIP; the line only looks as if it did.',
          remedy: 'Delete the line.',
          fix: safeFix('delete it', ...needless.map(keyRemoved)),
        });
    }
  },
});
