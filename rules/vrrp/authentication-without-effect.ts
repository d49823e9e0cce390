import { defineRule } from '../../src/judge/rule.ts';
import { halfAuthentication } from '../../src/model/half-authentication.ts';
import { routerOf } from '../../src/model/peers.ts';

export default defineRule({
  id: 'vrrp/authentication-without-effect',
  severity: 'warning',
  title: 'an authentication block does not do what it says',
  why: 'keepalived drops what it cannot use and runs on: the password protects nothing, and a node that loses it alone splits from the others.',
  remedy:
    'Write auth_type and auth_pass together, in version 2, or delete the authentication block on every node.',
  needs: ['vrrp'],
  evenIfPartial: true,
  follows: ['vrrp-pair/version-mismatch', 'vrrp-pair/auth-mismatch'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const half = halfAuthentication(instance);
        if (half === undefined) continue;
        report({
          host,
          about: routerOf(cluster.whole, instance),
          at: half.at,
          message: `${instance.label} ${half.what}`,
          remedy: half.remedy,
          toldByKeepalived: half.told,
          fix: half.fix,
        });
      }
    }
  },
});
