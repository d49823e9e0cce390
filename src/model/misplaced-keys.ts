import type { Cluster, Host } from './cluster.ts';
import { allServices, dutiesOf, methodsOf } from './duties.ts';
import type { KernelSetting } from './kernel.ts';
import { isDirect } from './method.ts';
import type { ForwardingMethod } from './service.ts';

/** Settings of one kind that do nothing for what a host does. */
export interface MisplacedKeys {
  readonly kind: 'sockets-of-director' | 'forwarding-of-real-server' | 'arp-behind-nat';
  readonly settings: readonly KernelSetting[];
}

/** What only connections of the host's own programs feel (Documentation/networking/ip-sysctl.rst, admin-guide/sysctl/net.rst). */
const OF_SOCKETS =
  /^net\/(?:core\/(?:[rw]mem_(?:max|default)|optmem_max|somaxconn)|ipv4\/(?:tcp_(?:[rw]?mem|max_syn_backlog|syn_retries|synack_retries|fin_timeout|keepalive_\w+|max_orphans|fastopen|slow_start_after_idle|congestion_control|no_metrics_save|sack|window_scaling|moderate_rcvbuf)|udp_\w*mem\w*))$/;
const FORWARDING = /^net\/ipv4\/ip_forward$/;
const ARP = /^net\/ipv4\/conf\/[^/]+\/arp_(?:ignore|announce)$/;

/** The keys in a host's files that belong to another role; none where a host has two roles or its role is not known. */
export function misplacedKeys(cluster: Cluster, host: Host): MisplacedKeys | undefined {
  if (host.roles.size !== 1) return undefined;
  if (host.roles.has('director')) {
    const methods = new Set(allServices(host).flatMap((service) => [...methodsOf(service)]));
    // The sync daemon has sockets of its own.
    if (!areDirect(methods) || host.globals?.syncDaemon !== undefined) return undefined;
    return misplaced(host, 'sockets-of-director', OF_SOCKETS);
  }
  const methods = new Set(dutiesOf(cluster, host).map(({ method }) => method));
  if (areDirect(methods)) return misplaced(host, 'forwarding-of-real-server', FORWARDING);
  return methods.size === 1 && methods.has('NAT') ? misplaced(host, 'arp-behind-nat', ARP) : undefined;
}

function misplaced(
  { sysctl }: Host,
  kind: MisplacedKeys['kind'],
  pattern: RegExp,
): MisplacedKeys | undefined {
  const settings = (sysctl?.settings ?? []).filter(
    ({ by, key, value }) => by === 'file' && pattern.test(key) && value.value !== '0',
  );
  return settings.length === 0 ? undefined : { kind, settings };
}

function areDirect(methods: ReadonlySet<ForwardingMethod>): boolean {
  return methods.size > 0 && [...methods].every(isDirect);
}
