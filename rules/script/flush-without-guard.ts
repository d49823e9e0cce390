import { defineRule } from '../../src/judge/rule.ts';
import { type Flush, flushesOf } from '../../src/model/flushes.ts';
import { scriptName, scriptRuns } from '../../src/model/script-run.ts';

const EFFECTS: Readonly<Record<Flush['what'], (name: string) => string>> = {
  table: () => 'empties the whole IPVS table, whoever owns the services in it',
  own: () => 'empties the whole IPVS table before it adds its own services',
  others: (service) => `empties the whole IPVS table, ${service} included`,
  rules: () => 'removes every packet filter rule of the host and writes none of its own',
  firewall: () => 'switches the firewall of the host off',
  selinux: () => 'switches SELinux enforcement off',
  early: (vip) => `raises VIP ${vip} before the table has its service: clients are refused in between`,
  once: () => 'cannot run twice: the second ipvsadm -A finds the service and fails',
};

const REMEDIES: Partial<Record<Flush['what'], string>> = {
  firewall:
    'Keep it on and let through what the cluster needs: protocol 112 from the peers, the ports of the VIP.',
  selinux: 'Keep it on and set the booleans that the programs need.',
  own: 'Delete the services of the script alone (ipvsadm -D), or load them at once with ipvsadm-restore.',
  early: 'Add services and servers first and raise the VIP last.',
  once: 'Delete the service before it is added (ipvsadm -D … 2>/dev/null), or use ipvsadm-restore.',
};

const ADVICE: ReadonlySet<Flush['what']> = new Set(['own', 'early', 'once']);

export default defineRule({
  id: 'script/flush-without-guard',
  severity: 'warning',
  title: 'a script takes away more than it sets up',
  why: 'Services and rules of others go too, and until the script has built its own again the VIP leads nowhere.',
  remedy:
    'Take away only what the script adds (ipvsadm -D for each service, rules of its own chain), or load all of it at once with ipvsadm-restore.',
  needs: ['scripts', 'commands'],
  follows: ['drift/two-managers'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const run of scriptRuns(host)) {
        for (const { what, at, name = '', related } of flushesOf(host, run)) {
          const remedy = REMEDIES[what];
          report({
            host,
            about: what === 'others' ? host : run.script,
            at,
            message: `${scriptName(run.script)} ${EFFECTS[what](name)}`,
            related:
              related === undefined
                ? []
                : [{ at: related, message: what === 'early' ? 'added only here' : 'this goes too' }],
            severity: what === 'others' ? 'error' : ADVICE.has(what) ? 'info' : 'warning',
            ...(remedy !== undefined && { remedy }),
          });
        }
      }
    }
  },
});
