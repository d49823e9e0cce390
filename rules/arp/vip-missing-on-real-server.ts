import { defineRule } from '../../src/judge/rule.ts';
import { missingVips, strayVips } from '../../src/model/missing-vips.ts';
import { unseenServers } from '../../src/model/unseen-servers.ts';

export default defineRule({
  id: 'arp/vip-missing-on-real-server',
  severity: 'error',
  title: 'a DR or TUN real server does not hold the VIP of its service',
  why: 'Packets arrive with the VIP as their destination and nobody here takes them: this share of the connections times out although all checks are green.',
  remedy: 'Raise the VIP with /32 on lo, at every boot, on each real server of the service.',
  needs: [],
  spans: true,
  check({ whole }, report) {
    for (const { host, why } of unseenServers(whole)) report.notJudged(host, why);
    for (const { host, held, at, missing } of missingVips(whole)) {
      const [{ director, service, vip }] = missing as [(typeof missing)[0]];
      const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
      report({
        host,
        about: host,
        at,
        message: held
          ? `${host.label} raises ${held.key}, but not ${vip}${more}`
          : `${host.label} does not have VIP ${vip}${more}`,
        related: [{ at: service, message: `${director.label} sends it packets for ${vip} too` }],
      });
    }
    for (const { host, held, directors } of strayVips(whole)) {
      const { key, interface: device } = held.address;
      const names = directors.map(({ label }) => label).slice(0, 3);
      report({
        host,
        about: host,
        at: held.address.address,
        message: `${host.label} raises ${key} on ${device.value}, which no director here balances (${names.join(', ')})`,
        severity: 'warning',
      });
    }
  },
});
