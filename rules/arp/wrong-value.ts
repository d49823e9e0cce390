import type { Severity } from '../../src/judge/finding.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { type ArpKey, arpGuard, arpServers } from '../../src/model/arp-guard.ts';
import type { HeldVip } from '../../src/model/held-vip.ts';
import { unseenServers } from '../../src/model/unseen-servers.ts';

const WANTED: Readonly<Record<ArpKey, number>> = { arp_ignore: 1, arp_announce: 2 };

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
      for (const name of ['arp_ignore', 'arp_announce'] as const) {
        const guard = arpGuard(host, name);
        const setting = guard?.from.findLast(({ value }) => Number(value.value) === guard.value);
        const doubt = guard && doubtAbout(name, guard.value, vips);
        if (setting === undefined || doubt === undefined) continue;
        report({
          host,
          about: { id: `${host.id}/${name}`, label: name, place: setting.place },
          at: setting.value,
          message: `${name} is ${setting.value.value} on ${host.label}: ${doubt.effect}`,
          severity: doubt.severity,
          remedy: `Write ${WANTED[name]}.`,
        });
      }
    }
  },
});

/** What the kernel does with a value (arp_ignore and arp_solicit in net/ipv4/arp.c; measured on 6.1 and 6.18). */
function doubtAbout(
  name: ArpKey,
  value: number,
  vips: readonly HeldVip[],
): { effect: string; severity: Severity } | undefined {
  if (value === 0 || value === WANTED[name]) return undefined;
  if (name === 'arp_announce')
    return value === 1
      ? { effect: 'neighbours in the network of the VIP still hear it', severity: 'warning' }
      : { effect: 'the kernel takes it for 0 and tells the VIP', severity: 'error' };
  if (value === 2) return { effect: 'askers in another subnet get no answer either', severity: 'warning' };
  if (value === 8)
    return { effect: 'no address of the host is answered for, not even its own', severity: 'error' };
  if (value > 3) return { effect: 'the kernel takes it for 0 and answers for the VIP', severity: 'error' };
  if (vips.length > 0 && vips.every(({ address }) => address.scope === 'host')) return undefined;
  return {
    effect: 'only addresses of scope host are kept quiet',
    severity: vips.length > 0 ? 'error' : 'warning',
  };
}
