import { defineRule } from '../../src/judge/rule.ts';
import { exemplaryServers } from '../../src/model/duties.ts';
import { hasSysctlFiles, noSysctlFiles } from '../../src/model/kernel-files.ts';
import { sourceNatRules, tracksConnections } from '../../src/model/source-nat.ts';

export default defineRule({
  id: 'forward/masquerade-and-ipvs',
  severity: 'warning',
  title: 'a source NAT rule does not do to balanced connections what it seems to',
  why: 'The packet filter sees packets of IPVS only while net.ipv4.vs.conntrack is 1: without it the rule changes nothing for them, with it a broad rule hides every client.',
  remedy:
    'To hide clients from the servers set net.ipv4.vs.conntrack = 1 and match with -m ipvs --vaddr VIP; else limit the rule with -s and -o.',
  needs: ['services', 'netfilter'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const servers = exemplaryServers(host);
      if (servers.length === 0) continue;
      const nat = servers.find(({ method }) => method.value === 'NAT');
      const tracks = tracksConnections(host);
      for (const { command, asksIpvs, isBroad } of sourceNatRules(host)) {
        const about = { id: `${host.id}/${command.target}`, label: 'source NAT', place: command.place };
        const finding = { host, about, at: command };
        if (tracks && isBroad)
          report({
            ...finding,
            message: `this rule takes balanced connections as well: the servers see ${host.label} instead of every client`,
          });
        else if (!tracks && asksIpvs && !hasSysctlFiles(host)) report.notJudged(host, noSysctlFiles(host));
        else if (!tracks && asksIpvs)
          report({
            ...finding,
            message: `this rule is for balanced connections, but net.ipv4.vs.conntrack is not 1 on ${host.label}: it takes none`,
          });
        else if (!tracks && nat !== undefined)
          report({
            ...finding,
            message: `this rule takes no balanced connection: ${nat.label} still needs ${host.label} as its gateway`,
            severity: 'info',
          });
      }
    }
  },
});
