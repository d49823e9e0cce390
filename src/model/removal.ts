import type { Fact } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import type { RealServer, VirtualService } from './service.ts';

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

/** A persistent service that keeps failed servers with weight 0, and the line that says so. */
export interface StickyInhibitor {
  readonly service: VirtualService;
  readonly persistence: Fact<number>;
  readonly inhibit: Fact<boolean>;
}

export function stickyInhibitors(services: readonly VirtualService[]): readonly StickyInhibitor[] {
  return services.flatMap((service) => {
    const { persistence, realServers } = service;
    if (persistence === undefined) return [];
    const inhibit = realServers.find((each) => each.inhibitOnFailure?.value === true)?.inhibitOnFailure;
    return inhibit === undefined ? [] : [{ service, persistence, inhibit }];
  });
}
