import { defineRule } from '../../src/judge/rule.ts';
import { FLUSHES, flushesOf } from '../../src/model/flushes.ts';
import { scriptName, scriptRuns } from '../../src/model/script-run.ts';

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
          const { effect, severity, remedy } = FLUSHES[what];
          report({
            host,
            about: what === 'others' ? host : run.script,
            at,
            message: `${scriptName(run.script)} ${effect(name)}`,
            related: [{ at: related, message: what === 'early' ? 'added only here' : 'this goes too' }],
            severity,
            remedy,
          });
        }
      }
    }
  },
});
