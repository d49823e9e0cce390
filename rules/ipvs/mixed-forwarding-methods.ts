import { defineRule } from '../../src/judge/rule.ts';
import type { Host } from '../../src/model/cluster.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { isLoopbackAddress } from '../../src/model/endpoint.ts';
import { isDirect } from '../../src/model/method.ts';
import type { RealServer } from '../../src/model/service.ts';

export default defineRule({
  id: 'ipvs/mixed-forwarding-methods',
  severity: 'warning',
  title: 'real servers of one service get their packets in different ways',
  why: 'A server that is set up for NAT does not answer DR packets, nor the other way round: every n-th request hangs.',
  remedy: 'Write the same -g, -i or -m on each line of the service.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      // In keepalived.conf only a real server's own lvs_method makes it differ, which is on purpose.
      if (service.manager === 'keepalived') continue;
      const remote = service.realServers.filter((server) => !isLocal(host, server));
      const nat = remote.filter(({ method }) => method.value === 'NAT');
      const direct = remote.filter(({ method }) => isDirect(method.value));
      if (nat.length === 0 || direct.length === 0) continue;
      const forgotten = direct.find(({ method }) => method.basis === 'default');
      const odd = forgotten ?? (nat.length < direct.length ? nat[0] : direct[0]);
      const usual = odd?.method.value === 'NAT' ? direct[0] : nat[0];
      if (odd === undefined || usual === undefined) continue;
      report({
        host,
        about: service,
        at: odd.method,
        message: `${odd.label} gets packets by ${odd.method.value}${odd === forgotten ? ', which ipvsadm takes where nothing is written' : ''}; ${usual.label} of the same service gets them by ${usual.method.value}`,
        related: [{ at: usual.method, message: `${usual.label}: ${usual.method.value}` }],
      });
    }
  },
});

/** The kernel delivers to its own addresses directly, whatever the method (ipvsadm(8), note on local servers). */
function isLocal(host: Host, { address }: RealServer): boolean {
  return (
    isLoopbackAddress(address.value) ||
    host.ownAddresses.has(address.value) ||
    host.addresses?.some(({ key }) => key === address.value) === true
  );
}
