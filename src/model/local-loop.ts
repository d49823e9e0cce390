import type { Cluster, Host } from './cluster.ts';
import { allServices, type Balanced } from './duties.ts';
import { writtenNumber } from './kernel-files.ts';
import { isDirect } from './method.ts';
import type { RealServer } from './service.ts';

/** Two directors that send each other the connections of one service. */
export interface LocalLoop {
  readonly one: Balanced & { readonly server: RealServer };
  readonly other: Balanced & { readonly server: RealServer };
}

/**
 * Services that two directors balance with DR or TUN and that name each other as real servers. Marks are left out: they
 * are how such a set-up tells apart what a client and what the peer sent.
 */
export function localLoops(cluster: Cluster): readonly LocalLoop[] {
  const byAddress = new Map<string, Host>();
  for (const host of cluster.hosts)
    if (host.services !== undefined) for (const address of host.ownAddresses) byAddress.set(address, host);
  if (byAddress.size < 2) return [];
  const sending = new Map<string, Balanced & { readonly server: RealServer }>();
  const loops: LocalLoop[] = [];
  for (const director of cluster.hosts) {
    for (const service of allServices(director)) {
      for (const server of service.realServers) {
        const peer = isDirect(server.method.value) ? byAddress.get(server.address.value) : undefined;
        if (peer === undefined || peer === director) continue;
        for (const { key, address } of service.endpoints) {
          if (address === undefined) continue;
          const one = { director, service, server };
          const other = sending.get(`${peer.name} ${director.name} ${key}`);
          if (other !== undefined) loops.push({ one: other, other: one });
          sending.set(`${director.name} ${peer.name} ${key}`, one);
        }
      }
    }
  }
  return loops;
}

/** A host that balances only while its sync daemon is no backup (Documentation/networking/ipvs-sysctl.rst, backup_only). */
export function balancesAsMasterOnly(host: Host): boolean {
  const synchronizes =
    host.globals?.syncDaemon !== undefined ||
    host.commands?.some(({ does }) => does === 'start-sync-daemon') === true;
  return synchronizes && writtenNumber(host, 'net/ipv4/vs/backup_only')?.value === 1;
}
