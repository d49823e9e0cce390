import { defineRule } from '../../src/judge/rule.ts';

const LENGTH = 8;

export default defineRule({
  id: 'vrrp/auth-pass-too-long',
  severity: 'warning',
  title: 'a VRRP password is longer than what is sent',
  why: 'Only the first 8 characters travel: the rest protects nothing, and keepalived -t fails on it.',
  remedy: 'Cut the password to 8 characters on every node at the same time.',
  needs: ['vrrp'],
  evenIfPartial: true,
  toldByKeepalived: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const { authPass, label } = instance;
        if (authPass === undefined || authPass.value.length <= LENGTH || authPass.value.includes('$'))
          continue;
        report({
          host,
          about: instance,
          at: authPass,
          message: `the password of ${label} has ${authPass.value.length} characters, of which 8 are used`,
        });
      }
    }
  },
});
