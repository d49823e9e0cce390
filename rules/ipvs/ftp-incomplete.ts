import { defineRule } from '../../src/judge/rule.ts';
import type { Host } from '../../src/model/cluster.ts';
import { commandsThat } from '../../src/model/commands.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { servicePorts } from '../../src/model/ports.ts';
import type { VirtualService } from '../../src/model/service.ts';

const CONTROL = 21;

export default defineRule({
  id: 'ipvs/ftp-incomplete',
  severity: 'error',
  title: 'FTP is balanced without its data connections',
  why: 'Clients log in, then every listing and download hangs or is refused: passive data connections meet no service.',
  remedy: 'Make the service persistent, or put port 21 and a fixed passive range under one firewall mark.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const control = service.endpoints.find(({ port }) => port?.value === CONTROL);
      if (control?.port === undefined || service.protocol?.value !== 'TCP') continue;
      const say = { host, about: service, at: control.port };
      const nat = service.realServers.some(({ method }) => method.value === 'NAT');
      if (!nat && service.persistence === undefined && !isCoveredElsewhere(host, service))
        report({
          ...say,
          message: `${service.label} is not persistent: passive FTP data connections to ${control.address?.value} are refused`,
        });
      const modules = commandsThat('load-module', host.commands ?? []);
      if (nat && modules.every(({ module }) => module.value !== 'ip_vs_ftp'))
        report({
          ...say,
          severity: 'info',
          message: `${service.label} forwards FTP by NAT, which needs the module ip_vs_ftp; no file shows that it is loaded`,
          why: 'Without the module the address that the server offers for data is not translated: logins work, listings hang.',
          remedy: 'Load ip_vs_ftp at boot: write it into a file of /etc/modules-load.d.',
        });
    }
  },
});

/** A mark, or a service for all ports of the address, may take the data connections. */
function isCoveredElsewhere(host: Host, service: VirtualService): boolean {
  return (host.services ?? []).some(
    (other) =>
      other !== service &&
      (other.endpoints.some(({ mark }) => mark !== undefined) || servicePorts(other).includes(0)),
  );
}
