import { defineRule } from '../../src/judge/rule.ts';
import { exemplaryServers } from '../../src/model/duties.ts';
import { effectiveNumber } from '../../src/model/effective.ts';
import { takeoverNote } from '../../src/model/idle-director.ts';
import { keySet } from '../../src/model/kernel-edit.ts';
import { hasSysctlFiles, keyName, noSysctlFiles } from '../../src/model/kernel-files.ts';

const SWITCHES = [
  { family: 4, path: 'net/ipv4/ip_forward' },
  { family: 6, path: 'net/ipv6/conf/all/forwarding' },
] as const;

export default defineRule({
  id: 'forward/ip-forward-off',
  severity: 'error',
  title: 'a director that translates does not forward packets',
  why: 'IPVS sends requests on, but the answers of NAT real servers are packets to be routed: they are dropped and connections stay in SYN_RECV.',
  remedy:
    'Set net.ipv4.ip_forward = 1 (for IPv6 net.ipv6.conf.all.forwarding = 1) in a file of /etc/sysctl.d on every director.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const { family, path } of SWITCHES) {
        const server = exemplaryServers(host).find(
          (each) => each.method.value === 'NAT' && each.family === family,
        );
        const { value, unclear = false, from = [] } = host.sysctl ? effectiveNumber(host.sysctl, path) : {};
        const [setting] = from;
        if (server === undefined || unclear || (setting !== undefined && value !== 0)) continue;
        const say = { host, about: host };
        if (setting !== undefined)
          report({
            ...say,
            at: setting.value,
            message: `${keyName(path)} is 0 on ${host.label}${takeoverNote(cluster.whole, host)}`,
            related: [{ at: server, message: `the answers of ${server.label} have to be forwarded` }],
            fix: keySet(host, path, 1, setting),
          });
        else if (!hasSysctlFiles(host)) report.notJudged(host, noSysctlFiles(host));
        else
          report({
            ...say,
            at: server,
            message: `nothing in the files of ${host.label} sets ${keyName(path)}, so it is 0`,
            severity: 'warning',
            fix: keySet(host, path, 1),
          });
      }
    }
  },
});
