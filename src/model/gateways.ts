import type { Fact } from '../evidence/fact.ts';
import type { Cluster, Host } from './cluster.ts';
import { commandsThat, isStart } from './commands.ts';
import { isQuietDevice } from './device.ts';
import { type Duty, dutiesOf } from './duties.ts';
import { addressKey, inPrefix } from './endpoint.ts';
import { remembered } from './memory.ts';
import { directorGroups } from './peers.ts';
import type { ForwardingMethod } from './service.ts';
import { movedVips } from './vip-list.ts';

/** What an address is to a group of directors. */
export type GatewayKind =
  /** VRRP moves it: whoever balances has it. */
  | 'floating'
  /** One director's own: it is lost when the other takes over. */
  | 'own'
  /** Another address in a network in which the directors have a floating one. */
  | 'beside'
  /** Nothing tells. */
  | 'unknown';

/** The default gateway of a real server, and what it is to the directors of its services. */
export interface GatewayDuty {
  readonly host: Host;
  readonly gateway: Fact<string>;
  readonly kind: GatewayKind;
  readonly duty: Duty;
}

/** One for each host with a known default gateway and services of these methods; no other hosts. */
export function* gatewayDuties(
  cluster: Cluster,
  methods: readonly ForwardingMethod[],
): Generator<GatewayDuty> {
  for (const host of cluster.hosts) {
    const gateway = host.routes === undefined ? writtenGateway(host) : runningGateway(host);
    if (gateway === undefined) continue;
    const duty = dutiesOf(cluster, host).find(
      ({ method, director }) => methods.includes(method) && director !== host,
    );
    const kind = duty && gatewayKind(cluster, duty.director, gateway.value);
    // Its clients may be in networks that it reaches by the directors.
    if (kind === 'beside' && hasOtherWay(cluster, host, duty?.director)) continue;
    if (kind !== undefined && duty !== undefined) yield { host, gateway, kind, duty };
  }
}

/** A running NAT server that knows no network but those on its links. */
export interface StrandedServer {
  readonly host: Host;
  /** Where packets from the director reach it. */
  readonly address: Fact<string>;
  readonly duty: Duty;
}

/** Servers without a default route and without any gateway, as far as rules of the routing policy leave that to be told. */
export function* strandedServers(cluster: Cluster): Generator<StrandedServer> {
  for (const host of cluster.hosts) {
    const { routes, policyRules } = host;
    if (routes === undefined || policyRules === undefined || policyRules.length > 0) continue;
    const leadsOut = routes.some(
      ({ family, table, destination, gateway, device }) =>
        family === 4 &&
        table !== 'local' &&
        (destination.value === 'default' || gateway !== undefined || device === undefined),
    );
    if (leadsOut) continue;
    const duty = dutiesOf(cluster, host).find(
      ({ method, director, endpoint }) => method === 'NAT' && endpoint.family === 4 && director !== host,
    );
    const reached = host.addresses?.find(({ key }) => key === duty?.server?.address.value);
    if (duty !== undefined && reached !== undefined) yield { host, address: reached.address, duty };
  }
}

function writtenGateway({ commands = [] }: Host): Fact<string> | undefined {
  return commandsThat('add-route', commands).find(
    (command) => command.isDefault && isStart(command) && command.via !== undefined,
  )?.via;
}

/** Undefined where packets may take other ways too: by rules of the routing policy, or by several gateways. */
function runningGateway({ routes = [], policyRules }: Host): Fact<string> | undefined {
  if (policyRules === undefined || policyRules.length > 0) return undefined;
  const defaults = routes.filter(
    ({ destination, table, family }) => destination.value === 'default' && table === 'main' && family === 4,
  );
  const lowest = Math.min(...defaults.map(({ metric }) => metric));
  const [first, ...others] = defaults.filter(({ metric }) => metric === lowest);
  return others.length === 0 && first?.type === 'unicast' ? first.gateway : undefined;
}

function hasOtherWay(cluster: Cluster, { routes = [] }: Host, director: Host | undefined): boolean {
  return routes.some(
    ({ gateway, destination }) =>
      destination.value !== 'default' &&
      director &&
      gateway &&
      gatewayKind(cluster, director, gateway.value) === 'floating',
  );
}

function gatewayKind(cluster: Cluster, director: Host, gateway: string): GatewayKind {
  const key = addressKey(gateway);
  const group = groupsByHost(cluster).get(director) ?? [director];
  const floating = group.flatMap(floatingAddresses);
  if (key === undefined) return 'unknown';
  if (floating.some((each) => each.key === key)) return 'floating';
  if (group.some((host) => hasOwn(host, key))) return group.length > 1 ? 'own' : 'floating';
  return floating.some((each) => inPrefix(key, each.key, each.prefix)) ? 'beside' : 'unknown';
}

const groupsByHost = remembered(
  (cluster: Cluster): ReadonlyMap<Host, readonly Host[]> =>
    new Map(directorGroups(cluster).flatMap((hosts) => hosts.map((host) => [host, hosts]))),
);

/** A VIP without a written length says nothing of its network. */
function floatingAddresses({ vrrp = [] }: Host): readonly { key: string; prefix: number }[] {
  return vrrp.flatMap((instance) =>
    movedVips(instance).flatMap(({ value: { key, prefix, family } }) =>
      key === undefined ? [] : [{ key, prefix: prefix ?? (family === 4 ? 32 : 128) }],
    ),
  );
}

function hasOwn({ ownAddresses, addresses = [] }: Host, key: string): boolean {
  return (
    ownAddresses.has(key) ||
    addresses.some((address) => address.key === key && !isQuietDevice(address.interface.value))
  );
}
