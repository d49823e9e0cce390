import type { Located } from '../evidence/fact.ts';
import type { Cluster, Host } from './cluster.ts';
import { commandsThat, isStart, type SetupCommand } from './commands.ts';
import { isQuietDevice } from './device.ts';
import { dutiesOf, exemplaryServers } from './duties.ts';
import { heldVips } from './held-vip.ts';
import { isDirect } from './method.ts';
import type { ScriptRun } from './script-run.ts';

/** What a script does for nothing, or at a risk: the places, and of what kind they are. */
export interface NeedlessStep {
  readonly kind: 'route' | 'broadcast' | 'forwarding' | 'unused' | 'no-stop' | 'bash-only';
  /** What it is about, for a message: an address, a variable. */
  readonly name: string;
  readonly at: Located;
  readonly others: readonly Located[];
}

/** One step for each kind, with the places of the others of its kind. */
export function needlessSteps(
  cluster: Cluster,
  host: Host,
  { script, commands }: ScriptRun,
): readonly NeedlessStep[] {
  const started = commands.filter(isStart);
  const raised = commandsThat('add-address', started).flatMap(({ address }) => address ?? []);
  const own = new Map(raised.map((address) => [address.key, address]));
  const routes = commandsThat('add-route', started).flatMap((command) => {
    const key = command.destination?.value.replace(/\/(?:32|128)$/, '') ?? '';
    const isOwn = command.isHost && command.via === undefined && command.type === undefined && own.has(key);
    return isOwn ? [[key, command] as const] : [];
  });
  const broadcasts = raised.flatMap((address) =>
    address.broadcast?.value === address.key && address.prefix?.value === 32
      ? [[address.key, address.broadcast] as const]
      : [],
  );
  const forwards = forwardsForNothing(cluster, host)
    ? commandsThat('set-kernel-key', started).flatMap(({ setting }) =>
        setting?.key === 'net/ipv4/ip_forward' && setting.value.value === '1'
          ? [[host.label, setting] as const]
          : [],
      )
    : [];
  // What an interface that comes up or a unit of one shot runs has nothing to stop.
  const runsOnce = script.forBoot !== undefined && script.branches.length === 0;
  const isTakenDown = runsOnce || commands.some(({ does }) => does === 'remove-address');
  const vips = new Set(heldVips(cluster, host).map(({ address }) => address.key));
  const standing = raised.filter(({ key }) => !isTakenDown && vips.has(key));
  return [
    ...stepOf('route', routes),
    ...stepOf('broadcast', broadcasts),
    ...stepOf('forwarding', forwards),
    ...stepOf(
      'unused',
      script.unused.map((name) => [name.value, name] as const),
    ),
    ...stepOf(
      'no-stop',
      standing.map((address) => [address.key, address.address] as const),
    ),
    ...stepOf(
      'bash-only',
      script.bashOnly.map((word) => [word.value, word] as const),
    ),
  ];
}

function stepOf(
  kind: NeedlessStep['kind'],
  found: readonly (readonly [string, Located])[],
): readonly NeedlessStep[] {
  const [first, ...others] = found;
  if (first === undefined) return [];
  return [{ kind, name: first[0], at: first[1], others: others.map(([, at]) => at) }];
}

/** Neither a director nor a server of DR or TUN forwards what IPVS does; a host with rules for forwarding is a router. */
function forwardsForNothing(cluster: Cluster, host: Host): boolean {
  if (host.roles.size === 0 || host.commands?.some(routes)) return false;
  const servers = exemplaryServers(host);
  if (servers.some(({ method }) => !isDirect(method.value))) return false;
  const duties = dutiesOf(cluster, host);
  if (duties.some(({ method }) => !isDirect(method))) return false;
  return servers.length > 0 || duties.length > 0 || heldVips(cluster, host).length > 0;
}

function routes(command: SetupCommand): boolean {
  if (command.does === 'packet-filter')
    return command.table === 'nat' || command.chain === 'FORWARD' || command.action === 'restore';
  return (
    command.does === 'add-route' &&
    !command.isHost &&
    !isQuietDevice(command.device?.value ?? '') &&
    !command.isDefault
  );
}
