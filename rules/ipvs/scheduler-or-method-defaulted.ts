import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { isLeftOut } from '../../src/model/left-out.ts';
import type { VirtualService } from '../../src/model/service.ts';

export default defineRule({
  id: 'ipvs/scheduler-or-method-defaulted',
  severity: 'warning',
  title: 'the scheduler or the forwarding method is left to the program',
  why: 'keepalived takes wlc and NAT, ipvsadm takes wlc and DR: what one tool does with the same words, the other does not.',
  remedy: 'Write both: lb_algo and lb_kind in keepalived.conf, -s and -g, -i or -m for ipvsadm.',
  needs: ['services'],
  evenIfPartial: true,
  toldByKeepalived: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const missing = missingWords(service);
      if (missing === undefined) continue;
      const { words, taken, at } = missing;
      report({
        host,
        about: service,
        at,
        message: `${service.label} has no ${words.join(' and no ')}, so ${service.manager === 'keepalived' ? 'keepalived' : 'ipvsadm'} takes ${taken.join(' and ')}`,
        ...(service.manager !== 'keepalived' && { severity: 'info' }),
      });
    }
  },
});

function missingWords(service: VirtualService) {
  const { manager, scheduler, method, realServers } = service;
  const ofKeepalived = manager === 'keepalived';
  const isOpen = ofKeepalived && isLeftOut(method, service);
  const server = realServers.find((each) =>
    ofKeepalived ? isOpen && each.method === method : isLeftOut(each.method, each),
  );
  const noScheduler = scheduler.value !== '' && isLeftOut(scheduler, service);
  if (!noScheduler && server === undefined) return undefined;
  const words = [
    ...(noScheduler ? [ofKeepalived ? 'lb_algo' : '-s'] : []),
    ...(server ? [ofKeepalived ? 'lb_kind' : '-g, -i or -m'] : []),
  ];
  const taken = [...(noScheduler ? [scheduler.value] : []), ...(server ? [server.method.value] : [])];
  return { words, taken, at: noScheduler ? scheduler : (server?.method ?? method) };
}
