import type { DeclaredHost } from './build.ts';
import type { Host, Role } from './cluster.ts';
import { isQuietDevice } from './device.ts';
import { allServices } from './duties.ts';
import { isLoopbackAddress } from './endpoint.ts';

/**
 * Says of every host what it is. Director: it has services of its own. Real server: it is declared so, one of its
 * addresses is a real server's, or it holds an address on a device that does not announce it, or the address of a
 * director's service although it balances nothing itself.
 */
export function inferRoles(hosts: readonly Host[], declared: ReadonlyMap<string, DeclaredHost>): Host[] {
  const { vips, servers } = meaningOf(new Set(hosts.flatMap(heldAddresses)), hosts);
  return hosts.map((host) => {
    const said = declared.get(host.name)?.role;
    const roles = new Set<Role>(said === undefined ? [] : [said]);
    const balances = allServices(host).length > 0;
    if (said === undefined && balances) roles.add('director');
    if (said === undefined && isRealServer(host, balances, vips, servers)) roles.add('real-server');
    return { ...host, roles };
  });
}

/**
 * Why a host's settings cannot be judged: the same is right for one role and wrong for another. Undefined where the role
 * is known, and for hosts that only move addresses (the proxies of a tier of their own).
 */
export function unknownRole({ roles, vrrp, label }: Host): string | undefined {
  if (roles.size > 0 || vrrp !== undefined) return undefined;
  return `role of host ${label} unknown: write "hosts: { ${label}: { role: real-server } }" into lvsdoctor.yaml`;
}

function isRealServer(
  host: Host,
  balances: boolean,
  vips: ReadonlySet<string>,
  servers: ReadonlySet<string>,
): boolean {
  if (heldAddresses(host).some((address) => servers.has(address))) return true;
  return (host.addresses ?? []).some(({ key, interface: device }) => {
    const quiet = isQuietDevice(device.value) && !isLoopbackAddress(key);
    if (quiet && vips.has(key)) return true;
    return (quiet || vips.has(key)) && !balances && host.vrrp === undefined;
  });
}

/** Every address by which others can mean a host: its own and those that it raises, but for the loopback's. */
function heldAddresses({ ownAddresses, addresses }: Host): string[] {
  return [...ownAddresses, ...(addresses ?? []).map(({ key }) => key)].filter(
    (address) => !isLoopbackAddress(address),
  );
}

/** Which of some addresses clients use, and which are a real server's. */
function meaningOf(held: ReadonlySet<string>, hosts: readonly Host[]) {
  const vips = new Set<string>();
  const servers = new Set<string>();
  if (held.size === 0) return { vips, servers };
  for (const { endpoints, realServers } of hosts.flatMap(allServices)) {
    for (const { address } of endpoints) if (address && held.has(address.value)) vips.add(address.value);
    for (const { address } of realServers) if (held.has(address.value)) servers.add(address.value);
  }
  return { vips, servers };
}
