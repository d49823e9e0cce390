import { defineRule } from '../../src/judge/rule.ts';
import { isLost, programOf } from '../../src/model/command-line.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { firstCheck } from '../../src/model/server-check.ts';
import { usesCheck } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'checker/misc-script',
  severity: 'warning',
  title: 'a check script is not run as it is meant',
  why: 'A script that is not found is switched off without a word: its server counts as always up.',
  remedy: 'Write the full path of the script, and misc_timeout.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (!usesCheck(service, 'MISC_CHECK')) continue;
      const lost = firstCheck(service, ({ command }) => command !== undefined && isLost(command.value));
      const program = programOf(lost?.checker.command?.value ?? '');
      if (lost !== undefined)
        report({
          host,
          about: service,
          at: lost.checker.command ?? lost.checker,
          message: `keepalived does not find ${program} of ${service.label}: it is no full path`,
        });
      const open = firstCheck(service, ({ command, miscTimeout }) => !miscTimeout && command !== undefined);
      if (open !== undefined)
        report({
          host,
          about: service,
          at: open.checker.command ?? open.checker,
          severity: 'info',
          message: `the check script of ${service.label} has no misc_timeout: it may hang for a whole delay_loop of ${open.checker.delayLoop?.value} s`,
          why: 'A script that hangs is ended only when the next check is due.',
          remedy: 'Write misc_timeout with fewer seconds than delay_loop.',
        });
    }
  },
});
