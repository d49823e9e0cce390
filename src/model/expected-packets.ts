import type { Located } from '../evidence/fact.ts';
import type { Cluster, Host } from './cluster.ts';
import { allServices, dutiesOf } from './duties.ts';
import type { Packet } from './packet-verdict.ts';
import type { Endpoint, RealServer, VirtualService } from './service.ts';
import { SYNC_DEFAULTS } from './sync-daemon.ts';
import type { VrrpInstance } from './vrrp.ts';
import { isUnicast, multicastGroupOf } from './vrrp-effect.ts';

/** A packet that a host has to take for the cluster to work. */
export interface ExpectedPacket {
  readonly packet: Packet;
  readonly chain: 'INPUT' | 'OUTPUT';
  /** `packets to 192.0.2.10:80/TCP`, for a message. */
  readonly what: string;
  /** What makes it come. */
  readonly at: Located;
}

/** More services are not looked at: a filter that stops one mostly stops all. */
const MOST = 1000;

/** The first packet of a client to a service. */
export interface ClientPacket extends ExpectedPacket {
  readonly service: VirtualService;
}

/** What clients send first: to a host's own services, and to those that it answers for as a real server. */
export function clientPackets(cluster: Cluster, host: Host): readonly ClientPacket[] {
  const own = allServices(host)
    .slice(0, MOST)
    .flatMap((service) => service.endpoints.slice(0, 1).flatMap((endpoint) => packetTo(service, endpoint)));
  const duties = dutiesOf(cluster, host)
    .slice(0, MOST)
    .flatMap(({ service, endpoint, server, method }) => {
      if (method !== 'NAT') return packetTo(service, endpoint);
      const port = server?.port ?? endpoint.port;
      return server === undefined
        ? []
        : packetTo(service, { ...endpoint, address: server.address, ...(port && { port }) });
    });
  return [...own, ...duties];
}

function packetTo(service: VirtualService, endpoint: Endpoint): readonly ClientPacket[] {
  const { address, port, family } = endpoint;
  if (address === undefined || port === undefined || port.value === 0 || service.protocol === undefined)
    return [];
  const protocol = service.protocol.value.toLowerCase();
  const packet = { protocol, family, destination: address.value, dport: port.value, state: 'NEW' } as const;
  return [{ packet, chain: 'INPUT', what: `packets to ${service.label}`, at: service, service }];
}

const OVER_TCP = new Set(['TCP_CHECK', 'HTTP_GET', 'SSL_GET', 'SMTP_CHECK']);

/** What passes beside the clients: the peer's sync messages, the health checks of directors and a director's own. */
export function supportPackets(cluster: Cluster, host: Host): readonly ExpectedPacket[] {
  const checks: ExpectedPacket[] = dutiesOf(cluster, host).flatMap(({ server, endpoint }) => {
    const check = server?.checkers?.find(({ kind }) => OVER_TCP.has(kind));
    const dport = check?.connectPort?.value ?? (server?.port?.value || endpoint.port?.value);
    if (server === undefined || check === undefined || dport === undefined) return [];
    const destination = check.connectIp?.value ?? server.address.value;
    const packet = { protocol: 'tcp', family: server.family, destination, dport, state: 'NEW' } as const;
    return [{ packet, chain: 'INPUT' as const, what: `health checks of port ${dport}`, at: check }];
  });
  checks.push(...ownChecks(host));
  const daemon = host.globals?.syncDaemon;
  if (daemon === undefined) return checks;
  const destination = daemon.group?.value ?? SYNC_DEFAULTS.group;
  const dport = daemon.port?.value ?? SYNC_DEFAULTS.port;
  const family = destination.includes(':') ? 6 : 4;
  const input = daemon.interface.value;
  const packet = { protocol: 'udp', family, destination, dport, input, state: 'NEW' } as const;
  return [
    { packet, chain: 'INPUT', what: `sync messages of the peer (UDP ${dport})`, at: daemon },
    ...checks,
  ];
}

/** The checks that a director sends on their way. */
function ownChecks({ services = [] }: Host): readonly ExpectedPacket[] {
  return services.slice(0, MOST).flatMap(({ realServers, endpoints }) =>
    realServers.flatMap((server): readonly ExpectedPacket[] => {
      const check = server.checkers?.find(({ kind }) => OVER_TCP.has(kind));
      const dport = check?.connectPort?.value ?? (server.port?.value || endpoints[0]?.port?.value);
      if (check === undefined || dport === undefined) return [];
      const destination = check.connectIp?.value ?? server.address.value;
      const packet = { protocol: 'tcp', family: server.family, destination, dport, state: 'NEW' } as const;
      return [{ packet, chain: 'OUTPUT', what: `its own health checks of ${server.label}`, at: check }];
    }),
  );
}

/** To connection tracking, the answer to a packet that IPVS took belongs to nothing, unless vs.conntrack is on. */
export function answerPacket(
  { protocol, endpoints }: VirtualService,
  server: RealServer,
  tracks: boolean,
): Packet | undefined {
  if (protocol === undefined) return undefined;
  return {
    protocol: protocol.value.toLowerCase(),
    family: server.family,
    source: server.address.value,
    sport: server.port?.value || endpoints[0]?.port?.value,
    state: tracks ? 'ESTABLISHED' : protocol.value === 'TCP' ? 'INVALID' : 'NEW',
  };
}

/** VRRP, and the authentication header that wraps a whole advert (keepalived.conf(5), auth_type AH). */
const VRRP = '112';
const AUTHENTICATION_HEADER = '51';

/** What an instance sends and hears, with the chains that it passes. */
export interface AdvertPackets {
  readonly protocol: string;
  readonly adverts: readonly { readonly chain: 'INPUT' | 'OUTPUT'; readonly packet: Packet }[];
}

export function advertPackets(instance: VrrpInstance): AdvertPackets {
  const { family, unicastPeers, unicastSource, authType } = instance;
  const device = instance.interface?.value;
  const protocol = authType?.value === 'AH' ? AUTHENTICATION_HEADER : VRRP;
  const common = { protocol, family, state: 'NEW' } as const;
  const group = isUnicast(instance) ? undefined : multicastGroupOf(instance);
  const peers = group === undefined ? unicastPeers.map(({ value }) => value) : [undefined];
  const adverts = peers.flatMap((peer) => {
    const [here, there] = [group ?? unicastSource?.value, group ?? peer];
    return [
      { chain: 'INPUT', packet: { ...common, source: peer, destination: here, input: device } },
      { chain: 'OUTPUT', packet: { ...common, destination: there, output: device } },
    ] as const;
  });
  return { protocol, adverts };
}
