import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
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
    for (const host of cluster.hosts) {
      for (const { service } of servicesOf([host])) {
        if (!usesCheck(service, 'MISC_CHECK')) continue;
        const scripts = service.realServers.flatMap(({ checkers = [] }) =>
          checkers.filter(({ command }) => command !== undefined),
        );
        const lost = scripts.find(({ command }) => isLost(command?.value ?? ''))?.command;
        if (lost !== undefined)
          report({
            host,
            about: service,
            at: lost,
            message: `keepalived does not find ${programOf(lost.value)} of ${service.label}: it is no full path`,
          });
        const open = scripts.find(({ miscTimeout }) => miscTimeout === undefined);
        if (open?.command !== undefined)
          report({
            host,
            about: service,
            at: open.command,
            severity: 'info',
            message: `the check script of ${service.label} has no misc_timeout: it may hang for a whole delay_loop of ${open.delayLoop?.value} s`,
            why: 'A script that hangs is ended only when the next check is due.',
            remedy: 'Write misc_timeout with fewer seconds than delay_loop.',
          });
      }
    }
  },
});

function programOf(command: string): string {
  return command.split(/\s/, 1)[0] ?? '';
}

/** A bare program is looked for in PATH, where a site's own scripts are not (keepalived 2.2.7, run). */
function isLost(command: string): boolean {
  const program = programOf(command);
  return /^\.{1,2}\//.test(program) || /^[^/$]+\.(sh|py|pl|rb|php|bash)$/.test(program);
}
