import { defineRule } from '../../src/judge/rule.ts';
import { keyName } from '../../src/model/kernel-files.ts';
import { lostAtReboot } from '../../src/model/lost-at-reboot.ts';
import { isService, scriptName, scriptRuns } from '../../src/model/script-run.ts';

export default defineRule({
  id: 'script/runtime-only',
  severity: 'warning',
  title: 'what a script sets is gone after a reboot',
  why: 'Everything works until the next reboot, often months later: then keys, addresses or rules are missing until somebody runs the script again.',
  remedy:
    'Write kernel keys to a file of /etc/sysctl.d; let a systemd unit run the script at boot for the rest, before the service starts.',
  needs: ['scripts', 'commands'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const run of scriptRuns(host)) {
        const { keys, others } = lostAtReboot(host, run);
        const [key] = keys;
        const [first, ...more] = key === undefined ? others : keys;
        if (first === undefined) continue;
        const script = scriptName(run.script);
        const count = more.length === 0 ? '' : ` and ${more.length} more`;
        report({
          host,
          about: run.script,
          at: first,
          message:
            key === undefined
              ? `what ${script} raises is gone after a reboot, unless something runs it at boot`
              : `${script} sets ${keyName(key.key)}${count} for the running kernel only`,
          related: more.slice(0, 3).map((at) => ({ at, message: 'and this' })),
          severity: key === undefined || isService(run.script) ? 'info' : 'warning',
        });
      }
    }
  },
});
