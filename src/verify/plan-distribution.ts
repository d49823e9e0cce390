import type { Cluster, Host } from '../model/cluster.ts';
import { isQuietDevice } from '../model/device.ts';
import { addressKey } from '../model/endpoint.ts';
import type { Endpoint, VirtualService } from '../model/service.ts';
import { receivingSocket } from '../model/service-difference.ts';
import { apart } from '../model/taken-out.ts';
import { hasDynamicWeights } from '../model/weights.ts';
import type { DistributionPlan, PlannedServer, RequestPlan, ServicePlan } from './distribution-plan.ts';
import { expectationOf, neededFor } from './expectation.ts';

/** What the user wants to be different from what the model says. */
export interface DistributionWishes {
  readonly client: string;
  /** Services by label, key, address or address:port; empty: all. */
  readonly services: readonly string[];
  readonly request?: RequestPlan['kind'];
  readonly path?: string;
  readonly name?: string;
  readonly identify?: string;
  /** Instead of what is needed. */
  readonly requests?: number;
  /** More than this is not sent on anybody's behalf. */
  readonly most: number;
}

/** The plan, and the words that no service of the running tables answers to. */
export function planDistribution(
  cluster: Cluster,
  wishes: DistributionWishes,
): { readonly plan: DistributionPlan; readonly unknown: readonly string[] } {
  const met = new Set<string>();
  const services = cluster.hosts.flatMap((host) =>
    (host.table ?? []).flatMap((service) => {
      const [endpoint] = service.endpoints;
      if (endpoint === undefined || !holds(host, endpoint)) return [];
      const words = namesOf(service, endpoint);
      const wanted = wishes.services.filter((word) => words.includes(word));
      for (const word of wanted) met.add(word);
      if (wishes.services.length > 0 && wanted.length === 0) return [];
      return [planOf(host, service, endpoint, wishes)];
    }),
  );
  return {
    plan: { client: wishes.client, services },
    unknown: wishes.services.filter((word) => !met.has(word)),
  };
}

function namesOf({ label }: VirtualService, { key, address, port }: Endpoint): readonly string[] {
  return [
    label,
    key,
    key.slice(key.indexOf(' ') + 1),
    address?.value ?? '',
    `${address?.value}:${port?.value}`,
  ];
}

/** True where the host has the address and neighbours can ask for it; marks belong to whoever has the table. */
function holds({ liveAddresses = [] }: Host, { address }: Endpoint): boolean {
  if (address === undefined) return true;
  const key = addressKey(address.value);
  return liveAddresses.some((live) => live.key === key && !isQuietDevice(live.interface.value));
}

function planOf(
  host: Host,
  service: VirtualService,
  endpoint: Endpoint,
  wishes: DistributionWishes,
): ServicePlan {
  const servers = serversOf(host, service, endpoint);
  const expectation = expectationOf(service, servers);
  const needed = neededFor(expectation);
  const request = requestOf(service, endpoint, wishes);
  const wanted = wishes.requests ?? needed;
  const refusal =
    request === undefined
      ? 'nothing says what a request of it looks like'
      : expectation.kind === 'unknown'
        ? expectation.why
        : wanted > wishes.most
          ? `it needs ${needed} requests, more than ${wishes.most}: --requests ${needed} sends them`
          : undefined;
  return {
    service: endpoint.key,
    director: host.name,
    scheduler: service.scheduler.value,
    request: request ?? { kind: 'tcp', address: '', port: 0 },
    servers,
    expectation,
    requests: refusal === undefined ? wanted : 0,
    needed,
    sources: [],
    ...(refusal !== undefined && { refusal }),
  };
}

/** The servers of the running table, with the weights that the files want where these cannot change by themselves. */
function serversOf(host: Host, service: VirtualService, endpoint: Endpoint): readonly PlannedServer[] {
  const wanted = (host.services ?? [])
    .filter((each) => !hasDynamicWeights(each))
    .flatMap(apart)
    .find(({ endpoints }) => endpoints.some(({ key }) => key === endpoint.key));
  const weights = new Map(
    wanted?.realServers.map((server) => [receivingSocket(wanted, server), server.weight.value]),
  );
  return service.realServers.map((server): PlannedServer => {
    const socket = receivingSocket(service, server);
    const running = server.weight.value;
    const weight = weights.get(socket);
    // A server of weight 0 was taken out by its check or by a person: what the file wants of it waits.
    if (weight === undefined || Number.isNaN(weight) || running === 0 || weight === running)
      return { server: socket, weight: running };
    return { server: socket, weight, running };
  });
}

const HTTP_PORTS = new Set([80, 8000, 8080, 8081, 8888]);
const HTTPS_PORTS = new Set([443, 8443]);

function requestOf(
  service: VirtualService,
  { address, port }: Endpoint,
  { request, path, name, identify }: DistributionWishes,
): RequestPlan | undefined {
  if (address === undefined || !port?.value || service.protocol?.value !== 'TCP') return undefined;
  const kind =
    request ?? (HTTPS_PORTS.has(port.value) ? 'https' : HTTP_PORTS.has(port.value) ? 'http' : 'tcp');
  return {
    kind,
    address: address.value,
    port: port.value,
    ...(path !== undefined && { path }),
    ...(name !== undefined && { name }),
    ...(identify !== undefined && { identify }),
  };
}
