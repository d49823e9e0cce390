import { defineRule, threshold } from '../../src/judge/rule.ts';
import { usesCheck } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'checker/script-for-many-servers',
  severity: 'info',
  title: 'one check script runs for very many servers',
  why: 'Each check is a process of its own: many at once delay each other, and the delay looks like a failure.',
  remedy: 'Use a check that keepalived makes itself, or let one script write its results for FILE_CHECK.',
  needs: ['services'],
  evenIfPartial: true,
  thresholds: {
    servers: threshold(100, 'servers', 'a hundred processes at once are a load of their own'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.hosts) {
      const { servers: many } = thresholdsOn(host);
      const uses = new Map<string, number>();
      for (const service of host.services) {
        if (!usesCheck(service, 'MISC_CHECK')) continue;
        for (const { checkers = [] } of service.realServers) {
          for (const { command } of checkers) {
            if (command === undefined) continue;
            const program = command.value.split(/\s/, 1)[0] ?? '';
            const count = (uses.get(program) ?? 0) + 1;
            uses.set(program, count);
            if (count !== many) continue;
            report({
              host,
              about: service,
              at: command,
              message: `${program} runs for ${many} servers and more`,
            });
          }
        }
      }
    }
  },
});
