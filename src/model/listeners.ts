import type { Located } from '../evidence/fact.ts';
import type { Cluster, Host } from './cluster.ts';
import { dutiesOf } from './duties.ts';
import { SYNC_DEFAULTS } from './sync-daemon.ts';

/** A port that something on a host has to be able to take. */
export interface Listener {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  /** Whose it is, for a message: `the service 192.0.2.10:80/TCP`. */
  readonly what: string;
  readonly at: Located;
}

/** The ports that the files of the cluster say something on this host listens on; the host may have others. */
export function listenersOf(cluster: Cluster, host: Host): readonly Listener[] {
  const listeners: Listener[] = [];
  for (const { service, endpoint, server, method } of dutiesOf(cluster, host)) {
    const own = method === 'NAT' ? server?.port : undefined;
    const at = own !== undefined && own.value !== 0 ? own : endpoint.port;
    if (at === undefined || at.value === 0) continue;
    const protocol = service.protocol?.value ?? 'TCP';
    listeners.push({ port: at.value, protocol, what: `the service ${service.label}`, at });
  }
  const daemon = host.globals?.syncDaemon;
  if (daemon !== undefined)
    listeners.push({
      port: daemon.port?.value ?? SYNC_DEFAULTS.port,
      protocol: 'UDP',
      what: 'the sync daemon',
      at: daemon,
    });
  return listeners;
}

/** Both ends belong to it. */
export type PortRange = readonly [low: number, high: number];

/** `1024 65535` or `1024-65535`; undefined for anything else. */
export function readPortRange(text: string): PortRange | undefined {
  const [, low, high] = /^(\d{1,5})[\s-]+(\d{1,5})$/.exec(text.trim()) ?? [];
  return low === undefined || high === undefined ? undefined : [Number(low), Number(high)];
}

/** `8080,9000-9010`, as net.ipv4.ip_local_reserved_ports takes it. */
export function readPortList(text: string): readonly PortRange[] {
  return text.split(',').flatMap((part) => {
    const range = readPortRange(part.includes('-') ? part : `${part.trim()}-${part.trim()}`);
    return range === undefined ? [] : [range];
  });
}

export function isWithin(port: number, [low, high]: PortRange): boolean {
  return low <= port && port <= high;
}
