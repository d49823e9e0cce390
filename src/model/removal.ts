import type { Host } from './cluster.ts';
import type { RealServer } from './service.ts';

/**
 * A real server that keepalived takes out of the table when a check of it fails, if there is one: with
 * `inhibit_on_failure` it stays, with weight 0 (keepalived.conf(5)).
 */
export function removableServer(host: Host): RealServer | undefined {
  for (const { realServers } of host.services ?? []) {
    for (const server of realServers) {
      const checked = server.checkers !== undefined && server.checkers.length > 0;
      if (checked && server.inhibitOnFailure?.value !== true) return server;
    }
  }
  return undefined;
}
