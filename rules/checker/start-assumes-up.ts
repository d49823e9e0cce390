import { reviewedFix } from '../../src/evidence/fix.ts';
import { lineAddedIn } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';

export default defineRule({
  id: 'checker/start-assumes-up',
  severity: 'info',
  title: 'servers get traffic before their first check',
  why: 'Without alpha every server is in the table from the start: after a restart dead servers get clients for up to delay_loop.',
  remedy: 'Write alpha into virtual_server, and reload keepalived instead of restarting it.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const eager = host.services.filter(
        ({ alpha, manager, realServers }) =>
          manager === 'keepalived' &&
          alpha?.value !== true &&
          realServers.length > 1 &&
          realServers.some(({ checkers }) => checkers?.some(({ other }) => !other.has('alpha'))),
      );
      const [first] = eager;
      if (first === undefined) continue;
      report({
        host,
        about: first,
        at: first,
        message: `${first.label}${eager.length > 1 ? ` and ${eager.length - 1} more` : ''} ${eager.length > 1 ? 'take their' : 'takes its'} servers for healthy until the first check`,
        fix: reviewedFix('add alpha', ...eager.map((service) => lineAddedIn(service, 'alpha'))),
      });
    }
  },
});
