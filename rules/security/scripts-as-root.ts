import { defineRule } from '../../src/judge/rule.ts';
import { programOf } from '../../src/model/command-line.ts';
import { runScriptsOf, standsInOpenFolder } from '../../src/model/run-scripts.ts';

export default defineRule({
  id: 'security/scripts-as-root',
  severity: 'warning',
  title: 'keepalived runs scripts with more rights than they need',
  why: 'Whoever can change such a script, or a folder above it, becomes root on the director.',
  remedy: 'Keep scripts in a folder of root, such as /usr/local/sbin, and name an unprivileged script_user.',
  needs: ['vrrp', 'services', 'trackScripts'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const scripts = runScriptsOf(host);
      const global = host.globals?.scriptUser;
      for (const script of scripts.filter(standsInOpenFolder)) {
        const user = script.user ?? global;
        if (user !== undefined && user.value !== 'root') continue;
        const program = programOf(script.command.value.replace(/^["']/, ''));
        report({
          host,
          about: host,
          at: script.command,
          message: `others can replace ${program}, which ${user === undefined ? 'may run' : 'runs'} as root`,
          related: [{ at: user, message: 'scripts run as root' }],
        });
      }
      if (global?.value !== 'root' || (scripts.length > 0 && scripts.every(({ notifies }) => notifies)))
        continue;
      report({
        host,
        about: host,
        at: global,
        message:
          scripts.length === 0
            ? 'script_user is root, and there is no script to run'
            : 'scripts run as root; few checks need that',
        severity: 'info',
        remedy: 'Name an unprivileged account, such as keepalived_script, and give it what it needs by sudo.',
      });
    }
  },
});
