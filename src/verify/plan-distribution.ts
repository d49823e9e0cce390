import type { Cluster, Host } from '../model/cluster.ts';
import { isQuietDevice } from '../model/device.ts';
import { addressKey, networkKey, socketText } from '../model/endpoint.ts';
import { isDirect } from '../model/method.ts';
import type { Endpoint, RealServer, VirtualService } from '../model/service.ts';
import { apart } from '../model/taken-out.ts';
import { hasDynamicWeights } from '../model/weights.ts';
import type { Client } from './client.ts';
import type {
  DistributionPlan,
  Expectation,
  PlannedServer,
  RequestPlan,
  ServicePlan,
} from './distribution-plan.ts';
import { expectationOf, sampleFor } from './expectation.ts';

/** What the user wants to be different from what the model says. */
export interface DistributionWishes {
  /** Services by label, key, address or address:port; empty: all. */
  readonly services: readonly string[];
  readonly request?: RequestPlan['kind'];
  readonly path?: string;
  readonly site?: string;
  readonly payload?: string;
  readonly identify?: string;
  /** Where clients of a firewall mark go: `192.0.2.10:80`. */
  readonly to?: string;
  /** Connections, instead of what is needed. */
  readonly requests?: number;
}

/** The plan, and the words that no service of the running tables answers to. */
export async function planDistribution(
  cluster: Cluster,
  wishes: DistributionWishes,
  client: Client,
): Promise<{ readonly plan: DistributionPlan; readonly unknown: readonly string[] }> {
  const met = new Set<string>();
  const services: ServicePlan[] = [];
  for (const host of cluster.hosts)
    for (const service of host.table ?? []) {
      const [endpoint] = service.endpoints;
      if (endpoint === undefined || !holds(host, endpoint)) continue;
      const words = namesOf(service, endpoint);
      const wanted = wishes.services.filter((word) => words.includes(word));
      for (const word of wanted) met.add(word);
      if (wishes.services.length === 0 || wanted.length > 0)
        services.push(await planOf(host, service, endpoint, wishes, client));
    }
  return {
    plan: { client: client.name, services: withoutRivals(services), macs: macsOf(cluster) },
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

/** True where the host has the address and neighbours can ask for it; a mark belongs to whoever has addresses to mark. */
function holds(host: Host, { address }: Endpoint): boolean {
  const { liveAddresses = [], vrrpStates = [] } = host;
  if (address === undefined) return vrrpStates.every(({ state }) => state.value === 'MASTER');
  const key = addressKey(address.value);
  return liveAddresses.some((live) => live.key === key && !isQuietDevice(live.interface.value));
}

/** Two directors that have a service at once each see a part of it. */
function withoutRivals(services: readonly ServicePlan[]): readonly ServicePlan[] {
  return services.map((plan) => {
    const rivals = services.filter((other) => other !== plan && other.service === plan.service);
    if (rivals.length === 0) return plan;
    const names = [plan, ...rivals].map(({ director }) => director).join(' and ');
    return { ...plan, requests: 0, refusal: `${names} have it at the same time` };
  });
}

/** The cards of all hosts, as `ip -j address` tells them. */
function macsOf({ hosts }: Cluster): Readonly<Record<string, string>> {
  return Object.fromEntries(
    hosts.flatMap(({ name, links = [] }) =>
      links.flatMap(({ mac, name: device }) =>
        mac === undefined ? [] : [[mac, `${name} ${device}`] as const],
      ),
    ),
  );
}

/** More than this is not sent, and not held open, without being asked for. */
const MOST_REQUESTS = 10_000;
const MOST_HELD = 1000;
/** Of each client address so many, to see whether they stay together. */
const PER_CLIENT = 2;

async function planOf(
  host: Host,
  service: VirtualService,
  endpoint: Endpoint,
  wishes: DistributionWishes,
  client: Client,
): Promise<ServicePlan> {
  const servers = serversOf(host, service, endpoint);
  const expectation = expectationOf(service, servers);
  const weights = servers.map(({ weight }) => weight);
  const sample = sampleFor(expectation, weights);
  const request = requestOf(service, endpoint, wishes);
  const known = request === undefined ? [] : await client.sourcesTo(request.address);
  const sources = expectation.kind === 'clients' ? oneOfEach(known, expectation.prefix) : known.slice(0, 1);
  const each = expectation.kind === 'clients' ? PER_CLIENT : 1;
  const requests =
    wishes.requests ?? (expectation.kind === 'clients' ? sources.length * each : sample.needed);
  const refusal =
    whyNot(expectation, request, requests, wishes) ??
    (sources.length === 0
      ? `${client.name} has no way to it`
      : request && client.refusal(request, expectation.kind === 'held'));
  return {
    service: endpoint.key,
    director: host.name,
    scheduler: service.scheduler.value,
    ...(request !== undefined && { request }),
    servers,
    expectation,
    ...sample,
    units: Math.floor(requests / each),
    requests: refusal === undefined ? requests : 0,
    sources,
    ...(refusal !== undefined && { refusal }),
  };
}

function whyNot(
  expectation: Expectation,
  request: RequestPlan | undefined,
  requests: number,
  wishes: DistributionWishes,
): string | undefined {
  if (expectation.kind === 'unknown') return expectation.why;
  if (request === undefined)
    return 'nothing says what a request of it looks like: --request and --payload do, for a mark also --to';
  if (wishes.requests !== undefined) return undefined;
  if (expectation.kind === 'held' && requests > MOST_HELD)
    return `it takes ${requests} connections that are open at once: --requests ${requests} opens them`;
  return requests > MOST_REQUESTS
    ? `it takes ${requests} requests: --requests ${requests} sends them`
    : undefined;
}

/** The client's first address in each network that a persistent service takes for one client. */
function oneOfEach(addresses: readonly string[], prefix: number): readonly string[] {
  const first = new Map<string, string>();
  for (const address of addresses) {
    const key = networkKey(address, prefix) ?? address;
    if (!first.has(key)) first.set(key, address);
  }
  return [...first.values()];
}

/** The servers of the running table, with the weights that the files want where these cannot change by themselves. */
function serversOf(host: Host, service: VirtualService, endpoint: Endpoint): readonly PlannedServer[] {
  const wanted = (host.services ?? [])
    .flatMap(apart)
    .find(({ endpoints }) => endpoints.some(({ key }) => key === endpoint.key));
  const isStatic = wanted !== undefined && !hasDynamicWeights(wanted);
  const weights = new Map(
    wanted?.realServers.map((server) => [nameOf(endpoint, server), server.weight.value]),
  );
  const sorry = wanted?.sorryServer?.address.value;
  return service.realServers.map((running): PlannedServer => {
    const server = nameOf(endpoint, running);
    const now = running.weight.value;
    const weight = weights.get(server);
    if (weight === undefined)
      return { server, weight: now, ...(running.address.value === sorry && { sorry: true as const }) };
    // A server of weight 0 was taken out by its check or by a person: what the file wants of it waits.
    if (!isStatic || Number.isNaN(weight) || now === 0 || weight === now) return { server, weight: now };
    return { server, weight, running: now };
  });
}

/** As ipvsadm lists it: DR and TUN keep the port of the service (ipvsadm(8), --gatewaying). */
function nameOf(endpoint: Endpoint, { address, port, method }: RealServer): string {
  const own = isDirect(method.value) ? 0 : port?.value;
  return socketText(address.value, own || endpoint.port?.value || 0);
}

const HTTP_PORTS = new Set([80, 8000, 8080, 8081, 8888]);
const HTTPS_PORTS = new Set([443, 8443]);

function requestOf(
  service: VirtualService,
  endpoint: Endpoint,
  { request, path, site, payload, identify, to }: DistributionWishes,
): RequestPlan | undefined {
  const [, bracketed, plain, toPort] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(to ?? '') ?? [];
  const address = endpoint.address?.value ?? bracketed ?? plain;
  const port = endpoint.port?.value || Number(toPort ?? 0);
  if (address === undefined || port === 0) return undefined;
  const protocol = service.protocol?.value ?? (endpoint.mark === undefined ? undefined : 'TCP');
  const kind = protocol === 'UDP' ? 'udp' : (request ?? kindOf(port));
  if (protocol === 'SCTP' || (kind === 'udp' && payload === undefined)) return undefined;
  return {
    kind,
    address,
    port,
    ...(path !== undefined && { path }),
    ...(site !== undefined && { site }),
    ...(kind === 'udp' && payload !== undefined && { payload }),
    ...(identify !== undefined && kind !== 'tcp' && kind !== 'udp' && { identify }),
  };
}

function kindOf(port: number): RequestPlan['kind'] {
  return HTTPS_PORTS.has(port) ? 'https' : HTTP_PORTS.has(port) ? 'http' : 'tcp';
}
