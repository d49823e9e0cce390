import type { Host } from './cluster.ts';
import type { VirtualService } from './service.ts';

/** Programs that watch real servers and change the table. */
const MONITORS =
  /^(keepalived|ldirectord|heartbeat|pacemaker|corosync|pulse|piranha-gui|surealived|mon|kubelet|kube-proxy)$/;

/** Whether something on the host may take dead servers out of the table, as far as its files show. */
function hasMonitor({ vrrp, services = [], commands = [] }: Host): boolean {
  if (vrrp !== undefined || services.some(({ manager }) => manager === 'keepalived')) return true;
  return commands.some((command) => command.does === 'service-manager' && MONITORS.test(command.unit));
}

/** The services with several servers of a host on which nothing is seen to watch them. */
export function unwatchedServices(host: Host): readonly VirtualService[] {
  return hasMonitor(host) ? [] : (host.services ?? []).filter(({ realServers }) => realServers.length > 1);
}
