import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';

/** Checks that can look at more than the server's own address. */
const LOOKS_DEEPER = new Set(['MISC_CHECK', 'FILE_CHECK', 'HTTP_GET', 'SSL_GET']);

export default defineRule({
  id: 'checker/vip-path-not-tested',
  severity: 'info',
  title: 'no check can see whether a server answers on the VIP',
  why: 'Checks go to the server itself: one that lacks the VIP on lo, or listens on its own address only, passes and swallows its clients.',
  remedy:
    'Let a health page or a MISC_CHECK verify on the server that the VIP is there and that the daemon listens on it.',
  needs: ['services'],
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const { realServers, label } = service;
      const direct = realServers.find(({ method }) => method.value === 'DR' || method.value === 'TUN');
      if (direct?.checkers === undefined || direct.checkers.length === 0) continue;
      if (realServers.some(({ checkers }) => checkers?.some(({ kind }) => LOOKS_DEEPER.has(kind)))) continue;
      report({
        host,
        about: service,
        at: direct.checkers[0] ?? direct,
        message: `${label} forwards by ${direct.method.value}: its checks reach the servers on their own addresses only`,
      });
    }
  },
});
