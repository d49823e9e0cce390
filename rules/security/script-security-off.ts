import type { Located } from '../../src/evidence/fact.ts';
import { defineRule } from '../../src/judge/rule.ts';
import type { Host } from '../../src/model/cluster.ts';
import { runScriptsOf } from '../../src/model/run-scripts.ts';

export default defineRule({
  id: 'security/script-security-off',
  severity: 'warning',
  title: 'scripts run without enable_script_security',
  why: 'keepalived runs a script as root although other users can write to it; every start logs a security violation, and keepalived -t ends with status 6.',
  remedy:
    'Write enable_script_security together with script_user to global_defs: alone it wants the account keepalived_script.',
  needs: ['vrrp', 'services', 'trackScripts'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const security = host.globals?.scriptSecurity;
      const [first] = security?.value === true ? [] : runScriptsOf(host);
      if (first === undefined) continue;
      report({
        host,
        about: host,
        at: host.globals ?? first.command,
        message: 'scripts are run, and enable_script_security is not set',
        ...(isPart(host, first.command) && { severity: 'info' }),
        related: host.globals === undefined ? [] : [{ at: first.command, message: 'this one, for example' }],
      });
    }
  },
});

/** Scripts alone, or a file of another name that has no global_defs, are what keepalived.conf includes. */
function isPart({ globals, vrrp = [], services = [] }: Host, { place: { source } }: Located): boolean {
  if (globals !== undefined) return false;
  return vrrp.length + services.length === 0 || !/keepalived[^/]*$/i.test(source.name);
}
