import type { Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import { isStart } from './commands.ts';
import type { VirtualService } from './service.ts';

/** What else than keepalived writes the IPVS table of a host. */
export interface OtherManager {
  readonly at: Located;
  readonly message: string;
  /** keepalived's service of the same address, if there is one. */
  readonly service: VirtualService | undefined;
  /** Certain to clash: the same service, or a file that the boot restores. */
  readonly grave: boolean;
}

/** The files that the distributions' service `ipvsadm` restores at boot: Red Hat's and Debian's. */
const BOOT_FILE = /(?:^|\/)(?:sysconfig\/ipvsadm|ipvsadm\.rules)$/;
/** Services that write a table of their own. */
const UNITS = /^(?:ipvsadm|ldirectord|pulse|piranha-gui)$/;

/** The other managers of a host that runs keepalived's checker, each kind once. */
export function otherManagers(host: Host): readonly OtherManager[] {
  const own = new Map<string, VirtualService>();
  for (const service of host.services ?? [])
    if (service.manager === 'keepalived') for (const { key } of service.endpoints) own.set(key, service);
  if (own.size === 0) return [];
  return [...ofServices(host, 'saved-table', own), ...ofServices(host, 'script', own), ...ofCommands(host)];
}

const SOURCES = { 'saved-table': 'a saved table', script: 'a set-up script' } as const;

function ofServices(
  { services = [] }: Host,
  manager: keyof typeof SOURCES,
  own: ReadonlyMap<string, VirtualService>,
): readonly OtherManager[] {
  const others = services.filter((service) => service.manager === manager);
  const counterpart = ({ endpoints }: VirtualService) => own.get(endpoints[0]?.key ?? '');
  const first = others.find(counterpart) ?? others[0];
  if (first === undefined) return [];
  const service = counterpart(first);
  const name = SOURCES[manager];
  const message =
    service === undefined
      ? `${name} makes ${first.label} beside the services of keepalived`
      : `${name} makes ${first.label}, which keepalived makes too`;
  // Any other saved table may be a copy that nobody restores.
  const grave = manager === 'saved-table' ? BOOT_FILE.test(first.place.source.name) : service !== undefined;
  return [{ at: first, message, service, grave }];
}

function ofCommands({ services = [], commands = [] }: Host): readonly OtherManager[] {
  const scripted = services.some(({ manager }) => manager === 'script');
  const found = commands.filter(isStart).flatMap((command): OtherManager[] => {
    const say = (message: string): OtherManager[] => [
      { at: command, message, service: undefined, grave: false },
    ];
    if (command.does === 'save-table' && command.file !== undefined && BOOT_FILE.test(command.file.value))
      return say(
        `the table is saved to ${command.file.value}, which is restored at boot, and keepalived makes its own`,
      );
    if (command.does === 'restore-table' && !scripted)
      return say('a saved table is restored beside the services of keepalived');
    if (command.does !== 'service-manager' || !UNITS.test(command.unit)) return [];
    if (!/^(?:start|restart|enable|save)$/.test(command.action)) return [];
    return say(`${command.unit} is switched on, and writes the table that keepalived writes`);
  });
  return found.slice(0, 1);
}
