import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { isDirect } from '../../src/model/method.ts';
import { portFix, servicePorts } from '../../src/model/ports.ts';
import { traitsOf } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'ipvs/port-mapping-in-dr-tun',
  severity: 'error',
  title: 'DR or TUN is asked to change the port',
  why: "DR and TUN pass packets on as they are: requests reach the service's port on the server, whatever is written.",
  remedy: "Give the server the service's port and let it listen there, or use NAT.",
  needs: ['services'],
  evenIfPartial: true,
  toldByKeepalived: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const traits = traitsOf(service);
      if (!traits.direct || !traits.hasOddPorts) continue;
      const ports = servicePorts(service);
      if (ports.length === 0 || ports.includes(0)) continue;
      const wrong = service.realServers.filter(({ method, port }) => {
        if (!isDirect(method.value)) return false;
        return port !== undefined && port.value > 0 && (ports.length > 1 || port.value !== ports[0]);
      });
      const [first, ...others] = wrong;
      if (first?.port === undefined) continue;
      const fits = wrong.every(({ port }) => ports.includes(port?.value ?? 0));
      report({
        host,
        about: service,
        at: first.port,
        message: `${service.label} forwards by ${first.method.value}, which keeps port ${ports.slice(0, 5).join(' and ')}; ${first.label} cannot get port ${first.port.value}${fits ? ' for all of them' : ''}`,
        related: others
          .slice(0, 3)
          .map(({ port, label, place }) => ({ at: port ?? { place }, message: `${label} cannot either` })),
        // Known from the field: servers behind a tunnel that map the port themselves, and give it for the check.
        severity:
          fits || (first.method.value === 'TUN' && service.manager === 'keepalived') ? 'warning' : 'error',
        fix: fits ? undefined : portFix(ports, wrong),
        ...(fits && {
          why: 'Requests reach the port that the client used; only the health check goes to the port that is written.',
          remedy: 'Leave the port out of real_server, and write connect_port into each check.',
        }),
      });
    }
  },
});
