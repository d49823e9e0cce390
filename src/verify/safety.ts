import type { Finding } from '../judge/finding.ts';
import type { Cluster, Host } from '../model/cluster.ts';
import { dualMasters } from '../model/live-vip.ts';
import type { VirtualService } from '../model/service.ts';

/** What one look at the cluster showed, as far as it speaks for or against a disruption. */
export interface Condition {
  readonly cluster: Cluster;
  /** Hosts that could not be seen, or not to the end. */
  readonly unseen: readonly { readonly host: string; readonly why: string }[];
  readonly findings: readonly Finding[];
}

/** Why nothing may be disturbed now, the weightiest first; empty where nothing speaks against it. */
export function objectionsTo({ cluster, unseen, findings }: Condition): readonly string[] {
  const masters = dualMasters(cluster).map(
    ({ group, vip, masters: nodes }) =>
      `${nodes.map(({ host }) => host.label).join(' and ')} are both master of ${vip ?? group.label}`,
  );
  const dark = unseen.map(({ host, why }) => `${host} cannot be seen: ${why}`);
  const directors = cluster.hosts.filter(({ vrrp = [] }) => vrrp.length > 0);
  const idle = directors.flatMap(unready);
  const errors = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ host, message, rule }) => `${host}: ${message} (${rule})`);
  return [...masters, ...dark, ...idle, ...errors];
}

/** What a director lacks to serve, whether it is its turn or not. */
function unready({ label, daemon, services = [], table }: Host): readonly string[] {
  if (daemon?.running.value === false) return [`keepalived does not run on ${label}`];
  if (services.length === 0 || table === undefined) return [];
  if (table.length === 0) return [`the running table of ${label} is empty`];
  const idle = table.filter(({ realServers }) => !realServers.some(takesRequests));
  return idle.map(
    (service: VirtualService) => `${service.label} on ${label} has no server that takes requests`,
  );
}

function takesRequests({ weight }: VirtualService['realServers'][number]): boolean {
  return weight.value > 0;
}
