import type { Host } from './cluster.ts';

/** Programs that watch real servers and change the table. */
const MONITORS =
  /^(keepalived|ldirectord|heartbeat|pacemaker|corosync|pulse|piranha-gui|surealived|mon|kubelet|kube-proxy)$/;

/** Whether something on the host may take dead servers out of the table, as far as its files show. */
export function hasMonitor({ vrrp, services = [], commands = [] }: Host): boolean {
  if (vrrp !== undefined || services.some(({ manager }) => manager === 'keepalived')) return true;
  return commands.some((command) => command.does === 'service-manager' && MONITORS.test(command.unit));
}
