import { fastestCheck } from '../model/check-timing.ts';
import type { Cluster, Host } from '../model/cluster.ts';
import { addressKey } from '../model/endpoint.ts';
import { liveVips } from '../model/live-vip.ts';
import { hostOfServer } from '../model/server-host.ts';
import type { Checker, RealServer, VirtualService } from '../model/service.ts';
import type { PlannedService } from './failover-plan.ts';
import { seconds, type Window } from './failover-window.ts';

/**
 * How a service is taken away. `stop`: its program ends, and the kernel refuses connections. `drop`: a packet filter
 * throws them away, as a dead machine does.
 */
export type ServerFault = 'stop' | 'drop';

/** A failed real server as it is planned, with what theory expects. */
export interface RealServerPlan {
  readonly fault: ServerFault;
  /** The machine, and what it serves as the tables call it: `192.0.2.21:80`. */
  readonly host: string;
  readonly server: string;
  readonly address: string;
  readonly port: number;
  readonly service: PlannedService;
  /** The finding's subject. */
  readonly id: string;
  /** Those that check it. The first one has the VIP. */
  readonly directors: readonly string[];
  /** The check that takes it out: `TCP_CHECK`. */
  readonly checker: string;
  /** It stays in the table with weight 0 (`inhibit_on_failure`). */
  readonly isKept: boolean;
  /** From the fault until it is out; from the undo until it is in again. */
  readonly removal: Window;
  readonly comeback: Window;
  /** Milliseconds until all is whole again in any case. */
  readonly restoredWithin: number;
}

/** What the user wants to see fail. */
export interface RealServerWish {
  readonly fault: ServerFault;
  /** A real server's host, or its address; without it the first one that has a check and a companion. */
  readonly server?: string | undefined;
  readonly undoAfter: number;
}

/** A plan, or why there is none. */
export type RealServerPlanning = { readonly plan: RealServerPlan } | { readonly refused: string };

interface Candidate {
  readonly director: Host;
  readonly service: VirtualService;
  readonly server: RealServer;
}

/** The failure of one real server of a running cluster, and what theory expects of it. */
export function planRealServer(
  cluster: Cluster,
  { fault, server: wanted, undoAfter }: RealServerWish,
): RealServerPlanning {
  const candidates = candidatesIn(cluster);
  const chosen = candidates.filter(
    ({ server }) =>
      wanted === undefined ||
      server.address.value === wanted ||
      hostOfServer(cluster, server)?.name === wanted,
  );
  if (candidates.length === 0) return { refused: 'no director that has a VIP balances with keepalived' };
  if (chosen.length === 0) return { refused: `no director that has a VIP balances to ${wanted}` };
  const reasons: string[] = [];
  for (const candidate of chosen) {
    const planned = planOf(cluster, candidate, fault, undoAfter);
    if (typeof planned !== 'string') return { plan: planned };
    reasons.push(planned);
  }
  return { refused: reasons[0] ?? 'nothing can fail' };
}

function candidatesIn(cluster: Cluster): readonly Candidate[] {
  return cluster.hosts
    .filter((host) => liveVips(host).length > 0)
    .flatMap((director) =>
      (director.services ?? [])
        .filter(({ manager }) => manager === 'keepalived')
        .flatMap((service) => service.realServers.map((server) => ({ director, service, server }))),
    );
}

function planOf(
  cluster: Cluster,
  { director, service, server }: Candidate,
  fault: ServerFault,
  undoAfter: number,
): RealServerPlan | string {
  const host = hostOfServer(cluster, server);
  const [endpoint] = service.endpoints;
  const address = addressKey(server.address.value);
  const port = server.port?.value || endpoint?.port?.value;
  const vip = endpoint?.address && addressKey(endpoint.address.value);
  const called = `${server.label} of ${service.label}`;
  if (host === undefined) return `${called}: nobody says which host has ${server.address.value}`;
  if (vip === undefined || address === undefined || !port || service.protocol?.value !== 'TCP')
    return `${called}: only TCP services with an address and a port are verified`;
  if (service.realServers.length < 2) return `${called}: it is the only server`;
  const checker = fastestCheck(server);
  if (checker === undefined) return `${called}: no check that takes time takes it out`;
  const removal = removalWindow(checker, fault);
  const comeback = comebackWindow(checker);
  if (removal === undefined || comeback === undefined) return `${called}: the time of its check is not known`;
  const others = cluster.hosts.filter(
    (other) => other !== director && (other.services ?? []).some(({ label }) => label === service.label),
  );
  return {
    fault,
    host: host.name,
    server: address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`,
    address,
    port,
    service: { id: service.id, label: service.label, address: vip, port: endpoint?.port?.value ?? port },
    id: server.id,
    directors: [director.name, ...others.map(({ name }) => name)],
    checker: checker.kind,
    isKept: server.inhibitOnFailure?.value === true || service.inhibitOnFailure?.value === true,
    removal,
    comeback,
    restoredWithin: undoAfter + comeback.latest,
  };
}

/**
 * From the fault until the server is out: at most one `delay_loop` until the next check, then every try fails at once
 * where connections are refused, or runs into its timeout, with a pause between two (keepalived 2.2.7, check_tcp.c,
 * tcp_epilog). A script may take any time up to its own limit.
 */
function removalWindow(checker: Checker, fault: ServerFault): Window | undefined {
  const { delayLoop, retry, delayBeforeRetry, connectTimeout, miscTimeout, kind } = checker;
  if (delayLoop === undefined) return undefined;
  const retries = retry?.value ?? 0;
  const pauses = (delayBeforeRetry?.value ?? 0) * retries * 1000;
  const isScript = kind === 'MISC_CHECK';
  const timeout = (isScript ? (miscTimeout ?? delayLoop) : connectTimeout)?.value;
  if (timeout === undefined) return undefined;
  const tries = (retries + 1) * timeout * 1000;
  const loop = delayLoop.value * 1000;
  const failed = fault === 'drop' || isScript ? tries : 0;
  return {
    earliest: pauses + (fault === 'drop' && !isScript ? tries : 0),
    latest: loop + pauses + failed,
    because: [
      `delay_loop of ${seconds(loop)}`,
      ...(failed > 0 ? [`${retries + 1} tries of ${seconds(timeout * 1000)}`] : []),
      ...(pauses > 0 ? [`${retries} pauses of ${seconds(pauses / retries)}`] : []),
    ].join(', '),
  };
}

/** From the undo until it is in again: the check that runs ends, and the next one succeeds. */
function comebackWindow(checker: Checker): Window | undefined {
  const { delayLoop, delayBeforeRetry, connectTimeout, miscTimeout } = checker;
  if (delayLoop === undefined) return undefined;
  const running = (miscTimeout ?? connectTimeout ?? delayLoop).value * 1000;
  const pause = Math.max(delayLoop.value, delayBeforeRetry?.value ?? 0) * 1000;
  return {
    earliest: 0,
    latest: pause + running,
    because: `a check that still runs, ${seconds(running)}, and the pause of ${seconds(pause)} before the next`,
  };
}
