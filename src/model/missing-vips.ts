import type { Located } from '../evidence/fact.ts';
import type { Cluster, Host } from './cluster.ts';
import { commandsThat, isStart } from './commands.ts';
import { allServices, type Balanced, dutiesOf, methodsOf } from './duties.ts';
import { append } from './grouping.ts';
import { type HeldVip, heldVips } from './held-vip.ts';
import type { InterfaceAddress } from './kernel.ts';
import { remembered } from './memory.ts';
import { isDirect } from './method.ts';
import { movedVips } from './vip-list.ts';

/** VIPs that a real server lacks although packets for them are sent to it. */
export interface MissingVips {
  readonly host: Host;
  /** What it does hold, if anything: the place where the others are missing. */
  readonly held: InterfaceAddress | undefined;
  /** Where it is meant to raise one, else where it holds something. */
  readonly at: Located;
  readonly missing: readonly (Balanced & { readonly vip: string })[];
}

/**
 * Real servers that raise some VIPs and lack others of their services. A host is known by its address, else by a VIP
 * that it holds: then it is one of the servers behind that VIP, and of every VIP that has the very same servers. Of a
 * running host its own address is enough: whatever it lacks is not there.
 */
export function missingVips(cluster: Cluster): readonly MissingVips[] {
  return cluster.hosts.flatMap((host) => {
    const vips = heldVips(cluster, host);
    const held = vips[0]?.address;
    const own = held ?? host.liveAddresses?.find(({ key }) => host.ownAddresses.has(key));
    if (own === undefined || !host.roles.has('real-server') || raisesMore(host)) return [];
    const has = new Set([...(host.addresses ?? []).map(({ key }) => key), ...vrrpAddresses(host)]);
    for (const { type, destination } of host.routes ?? []) if (type === 'local') has.add(destination.value);
    const named = dutiesOf(cluster, host).filter(
      // Nobody sends anything to a server of weight 0, and its VIP may be gone on purpose.
      ({ server, method }) => server && server.weight.value !== 0 && isDirect(method),
    );
    const balanced = named.length > 0 ? named : sharedServices(vips);
    const missing = new Map<string, Balanced & { vip: string }>();
    for (const { director, service } of balanced) {
      for (const { address, family } of service.endpoints)
        if (address && family === own.family && !has.has(address.value) && !missing.has(address.value))
          missing.set(address.value, { director, service, vip: address.value });
    }
    if (missing.size === 0) return [];
    const raises = commandsThat('add-address', host.commands ?? []).find(
      (command) => isStart(command) && missing.has(command.address?.key ?? ''),
    );
    return [{ host, held, at: raises ?? own.address, missing: [...missing.values()] }];
  });
}

/** The services of all VIPs with the same servers as one of these, each pool once. */
function sharedServices(vips: readonly HeldVip[]): readonly Balanced[] {
  const found = new Set<readonly Balanced[]>();
  for (const { address, services } of vips)
    for (const { director } of services) found.add(sharingServers(director, address.key));
  return [...found].flat();
}

function vrrpAddresses({ vrrp = [], staticAddresses = [] }: Host): readonly string[] {
  const moved = vrrp.flatMap(movedVips);
  return [...moved, ...staticAddresses].flatMap(({ value }) => value.key ?? []);
}

/** A VIP that no director of the run balances, on a host that holds none that they do. */
export interface StrayVip {
  readonly host: Host;
  readonly held: HeldVip;
  readonly directors: readonly Host[];
}

/** Nothing where a director balances firewall marks: whatever address they come from is a VIP. */
export function strayVips(cluster: Cluster): readonly StrayVip[] {
  const stray = cluster.hosts.flatMap((host) => {
    const vips = heldVips(cluster, host);
    const [held] = vips;
    const isStray = held !== undefined && vips.every(({ services }) => services.length === 0);
    return isStray && !raisesMore(host) ? [{ host, held }] : [];
  });
  const directors = stray.length === 0 ? [] : cluster.hosts.filter((host) => allServices(host).length > 0);
  const direct = directors.flatMap(allServices).filter((service) => [...methodsOf(service)].some(isDirect));
  const isKnown = direct.every(({ endpoints }) => endpoints.every(({ address }) => address !== undefined));
  return direct.length > 0 && isKnown ? stray.map((each) => ({ ...each, directors })) : [];
}

/** A host may deliver addresses that no command of its scripts names: unknown words, local routes, redirection. */
function raisesMore({ commands = [], netfilter = [] }: Host): boolean {
  return [...commands, ...netfilter].some(
    (command) =>
      (command.does === 'add-address' && command.address === undefined) ||
      (command.does === 'add-route' && command.type === 'local') ||
      command.does === 'policy-rule' ||
      (command.does === 'packet-filter' &&
        (command.action === 'restore' || /^(?:REDIRECT|DNAT|TPROXY)$/.test(command.target ?? ''))),
  );
}

const NONE: readonly Balanced[] = [];

/** The services of a director whose VIP has the same DR and TUN servers as this one. */
function sharingServers(director: Host, vip: string): readonly Balanced[] {
  return poolsOf(director).get(vip) ?? NONE;
}

const poolsOf = remembered((director: Host): ReadonlyMap<string, readonly Balanced[]> => {
  const servers = new Map<string, Set<string>>();
  const services = new Map<string, Balanced[]>();
  for (const service of allServices(director)) {
    for (const { address: vip } of service.endpoints) {
      if (vip === undefined) continue;
      const pool = servers.get(vip.value) ?? new Set();
      servers.set(vip.value, pool);
      for (const { address, method } of service.realServers)
        if (isDirect(method.value)) pool.add(address.value);
      append(services, vip.value, { director, service });
    }
  }
  const shared = new Map<string, Balanced[]>();
  const byVip = new Map<string, readonly Balanced[]>();
  for (const [vip, pool] of servers) {
    if (pool.size === 0) continue;
    const key = [...pool].sort().join(' ');
    const members = shared.get(key) ?? [];
    shared.set(key, members);
    members.push(...(services.get(vip) ?? []));
    byVip.set(vip, members);
  }
  return byVip;
});
