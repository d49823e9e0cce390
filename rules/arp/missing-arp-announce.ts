import { defineRule } from '../../src/judge/rule.ts';
import { arpFilterOf } from '../../src/model/arp-filter.ts';
import { openServers } from '../../src/model/arp-guard.ts';
import { keySet } from '../../src/model/kernel-edit.ts';
import { unseenServers } from '../../src/model/unseen-servers.ts';

export default defineRule({
  id: 'arp/missing-arp-announce',
  severity: 'error',
  title: 'a real server tells its neighbours the VIP when it asks for their addresses',
  why: 'While it answers a client it asks for its gateway in the name of the VIP, and the router learns that the VIP is here: traffic moves to this server minutes later, at random.',
  remedy: 'Set net.ipv4.conf.all.arp_announce = 2 in a file of /etc/sysctl.d on every DR or TUN real server.',
  needs: [],
  follows: ['arp/missing-arp-ignore', 'arp/only-lo-set'],
  check({ whole }, report) {
    for (const { host, why } of unseenServers(whole)) report.notJudged(host, why);
    for (const { host, vips, guard } of openServers(whole, 'arp_announce')) {
      if (guard.idle.length > 0 || arpFilterOf(host) !== undefined) continue;
      const [vip] = vips;
      const [setting] = guard.from;
      const cause = setting === undefined ? 'nothing sets arp_announce' : 'arp_announce is 0';
      report({
        host,
        about: host,
        at: setting?.value ?? vip?.address.address ?? host,
        message: `${host.label} sends ARP requests in the name of ${vip === undefined ? 'its VIPs' : vip.address.key}: ${cause}`,
        related:
          setting === undefined || vip === undefined
            ? []
            : [{ at: vip.address.address, message: `the VIP stands on ${vip.address.interface.value}` }],
        fix: keySet(host, 'net/ipv4/conf/all/arp_announce', 2, setting),
      });
    }
  },
});
