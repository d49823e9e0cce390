import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { effectiveConf } from '../../src/model/effective.ts';
import { networkText } from '../../src/model/endpoint.ts';
import { hasSysctlFiles, noSysctlFiles } from '../../src/model/kernel-files.ts';
import { sharedNetwork } from '../../src/model/shared-network.ts';

export default defineRule({
  id: 'forward/one-network-nat',
  severity: 'warning',
  title: 'VIP and NAT real servers are in one network, and the director sends redirects',
  why: 'Servers answer neighbours directly, with an address that these never asked; and redirects of the director teach hosts to go past it after a while.',
  remedy:
    'Set net.ipv4.conf.all.send_redirects = 0 and the same for the interface, and put clients into another network (or use DR).',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const shared = sharedNetwork(host);
      if (shared === undefined) continue;
      const { vip, prefix, device, server, at } = shared;
      if (!hasSysctlFiles(host)) report.notJudged(host, noSysctlFiles(host));
      const redirects = host.sysctl && effectiveConf(host.sysctl, 'send_redirects', device);
      const isOn = hasSysctlFiles(host) && redirects?.value === 1 && !redirects.unclear;
      const setting = isOn ? redirects.from.find(({ value }) => value.value !== '0') : undefined;
      const network = networkText(vip, prefix);
      report({
        host,
        about: host,
        at: setting?.value ?? at,
        message: isOn
          ? `${host.label} sends redirects on ${device}: VIP ${vip} and ${server.label} are both in ${network}`
          : `clients in ${network} get no answer: VIP ${vip} and ${server.label} are both in it`,
        related: [{ at: server, message: `${server.label} is reached by NAT` }],
        fix: setting && reviewedFix('write 0', valued(setting.value, 0)),
        ...(isOn ? {} : { severity: 'info', remedy: 'Put clients into another network, or use DR.' }),
      });
    }
  },
});
