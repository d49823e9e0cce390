import type { Cluster, Host } from './cluster.ts';
import type { Doubt } from './doubt.ts';
import { socketText } from './endpoint.ts';
import { append } from './grouping.ts';
import { remembered } from './memory.ts';
import { type L7Proxy, type ProxyListener, takes } from './proxy.ts';
import { type Arrival, arrivals, listenersOn } from './tier.ts';

/** What a proxy and those in front of it do not agree on. */
export interface TierDoubt extends Doubt {
  readonly host: Host;
  readonly proxy: L7Proxy;
}

/** Disagreements about the PROXY header, which IPVS cannot add, and affinity that is kept twice. */
export function tierDoubts(cluster: Cluster): readonly TierDoubt[] {
  return [...arrivals(cluster).flatMap(doubtsAbout), ...headerMismatches(cluster)];
}

function doubtsAbout({
  host,
  address,
  port,
  endpoint,
  director,
  service,
  server,
}: Arrival): readonly TierDoubt[] {
  const found = listenersOn(host, port).find(({ listener }) =>
    takes(listener, address, endpoint.family, port),
  );
  if (found === undefined || found.listener.unclear) return [];
  const { proxy, listener } = found;
  const doubts: TierDoubt[] = [];
  const where = { host, proxy };
  if (listener.proxyHeader !== undefined)
    doubts.push({
      ...where,
      at: listener.proxyHeader,
      severity: 'error',
      message: `${proxy.label} on ${host.label} waits for a PROXY header on port ${port}, and ${director.label} sends it plain connections`,
      why: 'IPVS passes packets on and cannot add a header: every request is refused, while a check of the port alone stays green.',
      remedy: 'Take the option away: IPVS keeps the client address anyway.',
      related: [{ at: server ?? service, message: `${director.label} balances ${service.label} to it` }],
    });
  if (service.persistence !== undefined && proxy.sticky !== undefined)
    doubts.push({
      ...where,
      at: proxy.sticky,
      severity: 'info',
      message: `${proxy.label} on ${host.label} keeps clients with their server, and ${service.label} keeps them with their proxy`,
      why: 'Two affinities make the load uneven twice, and a client that loses one of them changes its server all the same.',
      remedy:
        'Keep the one of the proxies, which know the session, and balance in front of them without persistence.',
      related: [{ at: service.persistence, message: 'the persistence of IPVS' }],
    });
  return doubts;
}

/** A proxy hands on to another one that is known by its address: both have to agree on the header. */
function headerMismatches(cluster: Cluster): readonly TierDoubt[] {
  return cluster.hosts.flatMap((host) =>
    (host.proxies ?? []).flatMap((proxy) =>
      proxy.servers.flatMap((server): TierDoubt[] => {
        const { address, port, sendsProxyHeader } = server;
        const listener = address && port ? listenerAt(cluster, address, port) : undefined;
        if (
          listener === undefined ||
          (listener.proxyHeader !== undefined) === (sendsProxyHeader !== undefined)
        )
          return [];
        const target = socketText(address ?? '', port ?? 0);
        return [
          {
            host,
            proxy,
            at: sendsProxyHeader ?? server,
            severity: 'error',
            message:
              sendsProxyHeader === undefined
                ? `${proxy.label} on ${host.label} sends no PROXY header to ${target}, which waits for one`
                : `${proxy.label} on ${host.label} sends a PROXY header to ${target}, which does not expect it`,
            why: 'The side that expects something else takes the first line for a broken request: every one is refused.',
            remedy:
              'Let both sides use it (send-proxy here, accept-proxy or proxy_protocol there), or neither.',
            related: [{ at: listener.proxyHeader ?? listener, message: 'the other side' }],
          },
        ];
      }),
    ),
  );
}

/** The listener at an address that is known to be some host's; nobody says so of hosts without known addresses. */
function listenerAt(cluster: Cluster, address: string, port: number): ProxyListener | undefined {
  const family = address.includes(':') ? 6 : 4;
  return listenersByAddress(cluster)
    .get(address)
    ?.find((listener) => takes(listener, address, family, port));
}

const listenersByAddress = remembered((cluster: Cluster): ReadonlyMap<string, readonly ProxyListener[]> => {
  const found = new Map<string, ProxyListener[]>();
  for (const { proxies = [], ownAddresses } of cluster.hosts)
    for (const { listeners } of proxies)
      for (const listener of listeners) {
        if (listener.unclear || listener.protocol !== 'TCP') continue;
        for (const address of listener.address === undefined ? ownAddresses : [listener.address])
          append(found, address, listener);
      }
  return found;
});
