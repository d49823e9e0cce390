import { defineRule } from '../../src/judge/rule.ts';
import { isDirect } from '../../src/model/method.ts';
import type { VirtualService } from '../../src/model/service.ts';
import { traitsOf, usesCheck } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'checker/vip-path-not-tested',
  severity: 'info',
  title: 'no check can see whether a server answers on the VIP',
  why: 'Checks go to the server itself: one that lacks the VIP on lo, or listens on its own address only, passes and swallows its clients.',
  remedy:
    'Let a health page or a MISC_CHECK verify on the server that the VIP is there and that the daemon listens on it.',
  needs: ['services'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const [first, ...others] = host.services.filter(isBlind);
      const server = first?.realServers.find(({ method }) => isDirect(method.value));
      if (first === undefined || server === undefined) continue;
      report({
        host,
        about: first,
        at: server.checkers?.[0] ?? server,
        message: `${first.label}${others.length === 0 ? '' : ` and ${others.length} more`} by ${server.method.value}: checks reach the servers on their own addresses only`,
      });
    }
  },
});

/** These can look at more than the server's own address. */
function isBlind(service: VirtualService): boolean {
  const { direct, kinds } = traitsOf(service);
  return direct && kinds.size > 0 && !usesCheck(service, 'MISC_CHECK', 'FILE_CHECK', 'HTTP_GET', 'SSL_GET');
}
