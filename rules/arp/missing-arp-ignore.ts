import { defineRule } from '../../src/judge/rule.ts';
import { arpFilterOf } from '../../src/model/arp-filter.ts';
import { openServers } from '../../src/model/arp-guard.ts';
import { keySet } from '../../src/model/kernel-edit.ts';
import { unseenServers } from '../../src/model/unseen-servers.ts';

export default defineRule({
  id: 'arp/missing-arp-ignore',
  severity: 'error',
  title: 'a real server answers ARP for the VIP',
  why: 'Server and director race for the VIP: some clients talk straight to this server, and balancing ends whenever the router renews its ARP entry.',
  remedy: 'Set net.ipv4.conf.all.arp_ignore = 1 in a file of /etc/sysctl.d on every DR or TUN real server.',
  needs: [],
  check({ whole }, report) {
    for (const { host, why } of unseenServers(whole)) report.notJudged(host, why);
    for (const { host, vips, guard } of openServers(whole, 'arp_ignore')) {
      if (guard.idle.length > 0 || arpFilterOf(host) !== undefined) continue;
      const [vip] = vips;
      const [setting] = guard.from;
      const cause = setting === undefined ? 'nothing sets arp_ignore' : 'arp_ignore is 0';
      report({
        host,
        about: host,
        at: setting?.value ?? vip?.address.address ?? host,
        message: `${host.label} answers ARP for ${vip === undefined ? 'its VIPs' : vip.address.key}: ${cause}`,
        related:
          setting === undefined || vip === undefined
            ? []
            : [{ at: vip.address.address, message: `the VIP stands on ${vip.address.interface.value}` }],
        fix: keySet(host, 'net/ipv4/conf/all/arp_ignore', 1, setting),
      });
    }
  },
});
