import { defineRule } from '../../src/judge/rule.ts';
import { type MistakenCheck, mistakenChecks } from '../../src/model/check-target.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { onlyPort } from '../../src/model/ports.ts';
import type { VirtualService } from '../../src/model/service.ts';
import { traitsOf } from '../../src/model/service-traits.ts';

const DNS = 53;

export default defineRule({
  id: 'checker/wrong-target',
  severity: 'warning',
  title: 'a check asks something else than what is served',
  why: 'A server whose service is dead stays in use while the other port or machine answers, or a healthy one is taken out.',
  remedy: "Check the server's own address, and the port and protocol that clients use.",
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (service.manager !== 'keepalived' || !mayBeMistaken(service)) continue;
      for (const mistaken of mistakenChecks(service)) {
        const { checker, server, at } = mistaken;
        report({
          host,
          about: service,
          at,
          message: `the ${checker.kind} of ${server.label} ${differenceOf(mistaken, service.label)}`,
          ...(isCommon(mistaken, service) && { severity: 'info' }),
        });
      }
    }
  },
});

function differenceOf({ kind, asked, served, owner }: MistakenCheck, label: string): string {
  if (kind === 'port') return `asks port ${asked}, clients of ${label} reach port ${served}`;
  if (kind === 'protocol') return `asks by ${asked}, clients of ${label} by ${served}`;
  if (owner === 'vip') return `asks ${asked}, the VIP, which is the director itself`;
  if (owner === 'server') return `asks ${asked}, which is another real server`;
  return `asks ${asked}${owner === 'shared' ? ', as the check of another server does' : ', not the address that is served'}`;
}

/** A page for health checks on a port of its own, TCP to a name server, a second network card: done on purpose. */
function isCommon({ kind, checker, owner }: MistakenCheck, service: VirtualService): boolean {
  if (kind === 'port') return checker.kind !== 'TCP_CHECK';
  return kind === 'protocol' ? onlyPort(service) === DNS : owner === undefined;
}

function mayBeMistaken(service: VirtualService): boolean {
  return service.protocol?.value === 'UDP' || traitsOf(service).aimsElsewhere;
}
