import { defineRule } from '../../src/judge/rule.ts';
import type { Host } from '../../src/model/cluster.ts';
import { servicesOf } from '../../src/model/duties.ts';

export default defineRule({
  id: 'fullnat/not-in-upstream',
  severity: 'error',
  title: 'FULLNAT is asked for, which only forks of LVS have',
  why: 'keepalived falls back to NAT and ipvsadm refuses the line: answers take another way and clients hang.',
  remedy: 'Use NAT, DR or TUN, or run a fork that has FULLNAT (DPVS, Alibaba LVS) on every director.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const { method, realServers, label, manager } = service;
      const asked =
        method.value === 'FULLNAT'
          ? method
          : realServers.find((server) => server.method.value === 'FULLNAT')?.method;
      if (asked === undefined || (manager === 'script' && callsFork(host))) continue;
      report({
        host,
        about: service,
        at: asked,
        message: `${label} asks for FULLNAT, which ${manager === 'keepalived' ? 'keepalived of the main line replaces by NAT' : 'ipvsadm of the main line does not know'}`,
      });
    }
  },
});

/** A program of one's own, `./ipvsadm`, is a fork's: the main line's is installed. */
function callsFork({ commands = [] }: Host): boolean {
  return commands.some(({ program }) => /^\..*ipvsadm$/.test(program));
}
