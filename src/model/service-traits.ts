import { remembered } from './memory.ts';
import { isDirect } from './method.ts';
import { onlyPort } from './ports.ts';
import type { Checker, CheckerKind, RealServer, VirtualService } from './service.ts';

/** What the servers of a service have, found in one pass: a rule asks this before it looks at 100,000 servers. */
export interface ServiceTraits {
  /** Some server gets its packets by DR or TUN, by NAT. */
  readonly direct: boolean;
  readonly nat: boolean;
  /** The smallest and largest weight above 0; both 0 where there is none. */
  readonly leastWeight: number;
  readonly mostWeight: number;
  /** How many servers have weight 0. */
  readonly idle: number;
  readonly hasThresholds: boolean;
  readonly inhibits: boolean;
  /** Some server has a port that is not the service's only one. */
  readonly hasOddPorts: boolean;
  /** Some server has the VIP, a loopback address, or one of the other family. */
  readonly hasOddAddresses: boolean;
  /** Some server has no check at all. */
  readonly hasUnchecked: boolean;
  /** Some check names an address, or a port that is not its server's. */
  readonly aimsElsewhere: boolean;
  readonly kinds: ReadonlySet<CheckerKind>;
}

class Gathered implements ServiceTraits {
  direct = false;
  nat = false;
  leastWeight = 0;
  mostWeight = 0;
  idle = 0;
  hasThresholds = false;
  inhibits = false;
  hasOddPorts = false;
  hasOddAddresses = false;
  hasUnchecked = false;
  aimsElsewhere = false;
  kinds = NO_KINDS;
}

const NO_KINDS: ReadonlySet<CheckerKind> = new Set();
/** Nearly all services of a large cluster have one and the same kind of check. */
const SINGLE_KINDS = new Map<CheckerKind, ReadonlySet<CheckerKind>>();

export const traitsOf = remembered((service: VirtualService): ServiceTraits => {
  const traits = new Gathered();
  const port = onlyPort(service) ?? -1;
  const vip = service.endpoints[0]?.address?.value;
  for (const server of service.realServers) {
    addServer(traits, server, port, vip);
    if (server.checkers === undefined) continue;
    if (server.checkers.length === 0) traits.hasUnchecked = true;
    for (const checker of server.checkers) addChecker(traits, checker, server.port?.value || port);
  }
  if (service.endpoints.length > 1) traits.hasOddAddresses = true;
  return traits;
});

function addServer(traits: Gathered, server: RealServer, port: number, vip: string | undefined): void {
  const method = server.method.value;
  if (isDirect(method)) traits.direct = true;
  else if (method === 'NAT') traits.nat = true;
  const weight = server.weight.value;
  if (weight === 0) traits.idle++;
  else {
    if (traits.leastWeight === 0 || weight < traits.leastWeight) traits.leastWeight = weight;
    if (weight > traits.mostWeight) traits.mostWeight = weight;
  }
  if (server.upperThreshold !== undefined || server.lowerThreshold !== undefined) traits.hasThresholds = true;
  if (server.inhibitOnFailure?.value === true) traits.inhibits = true;
  const own = server.port?.value ?? 0;
  if (own > 0 && own !== port) traits.hasOddPorts = true;
  const address = server.address.value;
  if (
    address === vip ||
    address === '::1' ||
    address.startsWith('127.') ||
    (vip !== undefined && address.includes(':') !== vip.includes(':'))
  )
    traits.hasOddAddresses = true;
}

function addChecker(traits: Gathered, { kind, connectIp, connectPort }: Checker, port: number): void {
  if (connectIp !== undefined || (connectPort !== undefined && connectPort.value !== port))
    traits.aimsElsewhere = true;
  if (traits.kinds.has(kind)) return;
  let kinds = traits.kinds.size === 0 ? SINGLE_KINDS.get(kind) : new Set([...traits.kinds, kind]);
  if (kinds === undefined) {
    kinds = new Set([kind]);
    SINGLE_KINDS.set(kind, kinds);
  }
  traits.kinds = kinds;
}

/** Whether some server of a service has a check of one of these kinds. */
export function usesCheck(service: VirtualService, ...kinds: readonly CheckerKind[]): boolean {
  const used = traitsOf(service).kinds;
  return kinds.some((kind) => used.has(kind));
}
