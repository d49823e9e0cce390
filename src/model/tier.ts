import type { Cluster, Host, HostWith } from './cluster.ts';
import type { Doubt } from './doubt.ts';
import { allServices, type Balanced, dutiesOf, servicesByServer } from './duties.ts';
import { isLoopbackAddress, socketText } from './endpoint.ts';
import { hasSysctlFiles } from './kernel-files.ts';
import { settingOf } from './kernel-settings.ts';
import { remembered } from './memory.ts';
import { isDirect } from './method.ts';
import { type L7Proxy, type ProxyListener, takes } from './proxy.ts';
import type { Endpoint, RealServer } from './service.ts';
import { movedVips } from './vip-list.ts';

/** A service whose connections reach a host that runs proxies, with where on it they arrive. */
export interface Arrival extends Balanced {
  readonly host: HostWith<'proxies'>;
  readonly endpoint: Endpoint;
  readonly server: RealServer | undefined;
  readonly address: string;
  readonly port: number;
  readonly direct: boolean;
}

/** Each service once for each host: two directors of one service send the same to it. */
export const arrivals = remembered((cluster: Cluster): readonly Arrival[] => {
  const found = new Map<string, Arrival>();
  for (const host of cluster.hosts) {
    if (host.proxies === undefined) continue;
    for (const { director, service, server, endpoint, direct } of reaching(cluster, host)) {
      const vip = endpoint.address?.value;
      if (director === host || vip === undefined || service.protocol?.value === 'UDP') continue;
      const address = direct ? vip : server?.address.value;
      const port = (direct ? 0 : (server?.port?.value ?? 0)) || (endpoint.port?.value ?? 0);
      if (address === undefined || port === 0) continue;
      const arrival = {
        host: host as HostWith<'proxies'>,
        director,
        service,
        server,
        endpoint,
        address,
        port,
        direct,
      };
      const key = `${host.name} ${endpoint.key} ${address}`;
      if (!found.has(key)) found.set(key, arrival);
    }
  }
  return [...found.values()];
});

/** Services that a host answers for, also those whose real server is an address that a proxy of it binds. */
function reaching(cluster: Cluster, host: Host) {
  const byServer = servicesByServer(cluster);
  const bound = new Set(
    (host.proxies ?? []).flatMap(({ listeners }) => listeners.flatMap(({ address }) => address ?? [])),
  );
  const named = [...bound].flatMap((address) =>
    (byServer.get(address) ?? []).flatMap(({ director, service, server }) =>
      service.endpoints.map((endpoint) => ({
        director,
        service,
        server,
        endpoint,
        method: server.method.value,
      })),
    ),
  );
  return [...dutiesOf(cluster, host), ...named].map((duty) => ({ ...duty, direct: isDirect(duty.method) }));
}

/** The listeners of a host for a port of TCP, whatever their address, each with its proxy. */
export function listenersOn(
  { proxies }: HostWith<'proxies'>,
  port: number,
): readonly { readonly proxy: L7Proxy; readonly listener: ProxyListener }[] {
  return proxies.flatMap((proxy) =>
    proxy.listeners
      .filter(
        ({ ports: [low, high], protocol, unclear }) =>
          protocol === 'TCP' && (unclear || (low <= port && port <= high)),
      )
      .map((listener) => ({ proxy, listener })),
  );
}

/** The proxy that listens on the port of an arrival, but not on its address: nobody takes the connections. */
export function deafProxy({ host, address, port, endpoint }: Arrival) {
  const heard = listenersOn(host, port);
  const [first] = heard;
  return first === undefined || heard.some(({ listener }) => takes(listener, address, endpoint.family, port))
    ? undefined
    : first;
}

/** Listeners on an address that comes only with VRRP: on the backup there is nothing to bind (ip-sysctl.rst, ip_nonlocal_bind). */
export function unbindable(host: HostWith<'proxies'>): readonly Doubt[] {
  if (host.vrrp === undefined || !hasSysctlFiles(host)) return [];
  const standing = new Set([...host.ownAddresses, ...(host.addresses ?? []).map(({ key }) => key)]);
  const vips = new Map(
    host.vrrp.flatMap((instance) => movedVips(instance).map((vip) => [vip.value.key, vip] as const)),
  );
  return host.proxies.flatMap(({ label, listeners }) => {
    const lost = listeners.filter(
      ({ address, foreign }) =>
        address !== undefined && !foreign && vips.has(address) && !standing.has(address),
    );
    const [first] = lost;
    const address = first?.address;
    if (first === undefined || address === undefined) return [];
    const path = address.includes(':') ? 'net/ipv6/ip_nonlocal_bind' : 'net/ipv4/ip_nonlocal_bind';
    if (host.sysctl !== undefined && settingOf(host.sysctl, path) !== undefined) return [];
    const vip = vips.get(address);
    return [
      {
        at: first,
        message: `${label} binds VIP ${address}, which ${host.label} has only as master: as backup it does not start`,
        why: 'The daemon fails at boot and at each restart on the backup: a failover moves the VIP to a host that refuses every connection.',
        remedy: `Set ${path.replaceAll('/', '.')} = 1 in a file of /etc/sysctl.d, or bind *.`,
        related: vip === undefined ? [] : [{ at: vip, message: 'VRRP moves it' }],
      },
    ];
  });
}

/** Listeners of a director on an address and port that it balances itself: IPVS takes these packets before any socket. */
export function shadowedListeners(host: HostWith<'proxies'>): readonly Doubt[] {
  const bound = host.proxies.flatMap(({ label, listeners }) =>
    listeners.filter(({ address }) => address !== undefined).map((listener) => ({ label, listener })),
  );
  if (bound.length === 0) return [];
  const doubts: Doubt[] = [];
  for (const { endpoints, realServers, protocol, label: service } of allServices(host)) {
    const local = realServers.some(
      ({ address: { value } }) => isLoopbackAddress(value) || host.ownAddresses.has(value),
    );
    if (local || protocol?.value === 'UDP') continue;
    for (const { address, port, family } of endpoints) {
      if (address === undefined || port === undefined || port.value === 0) continue;
      const found = bound.find(
        ({ listener }) => takes(listener, address.value, family, port.value) && !listener.unclear,
      );
      if (found === undefined) continue;
      doubts.push({
        at: found.listener,
        severity: 'warning',
        message: `${found.label} on ${host.label} listens on ${socketText(address.value, port.value)}, which ${host.label} balances by IPVS`,
        why: 'IPVS takes the connections before they reach a socket: the proxy gets none, and works as soon as the service is gone.',
        remedy: 'Choose one of the two for this address and port.',
        related: [{ at: address, message: `IPVS balances ${service}` }],
      });
    }
  }
  return doubts;
}
