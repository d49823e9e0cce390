import type { HostWith, Subject } from './cluster.ts';
import { commandsThat } from './commands.ts';
import type { Doubt } from './doubt.ts';

/** Why a FULLNAT service of DPVS cannot reach its servers: it needs local addresses with ports to send from. */
export function localAddressDoubts(
  host: HostWith<'services' | 'commands'>,
): readonly (Doubt & { readonly about: Subject })[] {
  const given = commandsThat('add-local-address', host.commands);
  const pooled = commandsThat('add-dpdk-address', host.commands);
  const hasPool = new Set(pooled.flatMap((command) => (command.hasPool ? command.key : [])));
  const isOpen = given.some(({ service, key }) => service === undefined || key === undefined);
  const doubts: (Doubt & { readonly about: Subject })[] = [];
  for (const service of host.services) {
    const server = service.realServers.find(({ method }) => method.value === 'FULLNAT');
    if (server === undefined || service.manager !== 'script' || isOpen) continue;
    const own = given.filter(
      (command) => `${command.service?.value}/${service.protocol?.value}` === service.label,
    );
    if (own.length === 0)
      doubts.push({
        about: service,
        at: server.method,
        message: `${service.label} is FULLNAT and has no local address`,
      });
    const bare = pooled.find(({ key }) => !hasPool.has(key) && own.some((command) => command.key === key));
    if (bare !== undefined)
      doubts.push({
        about: service,
        at: bare.address,
        message: `local address ${bare.key} of ${service.label} is added without sapool, so it has no ports to send from`,
        remedy: 'Add it with sapool: dpip addr add ADDRESS/32 dev DEVICE sapool',
        related: own
          .filter(({ key }) => key === bare.key)
          .map((at) => ({ at, message: 'the service sends from it' })),
      });
  }
  return doubts;
}
