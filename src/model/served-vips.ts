import type { Cluster, Host } from './cluster.ts';
import { isQuietDevice } from './device.ts';
import { allServices, dutiesOf } from './duties.ts';
import { addressKey } from './endpoint.ts';
import { append, groupBy } from './grouping.ts';
import { remembered } from './memory.ts';
import type { VirtualService } from './service.ts';
import { movedVips } from './vip-list.ts';
import type { VrrpInstance } from './vrrp.ts';

/** A director of some VIPs, as far as it was seen. */
interface VipDirector {
  readonly host: string;
  /** Those that it has where neighbours can ask; undefined where nobody saw its addresses. */
  readonly has: readonly string[] | undefined;
  /** What its daemon says of the instance. */
  readonly state?: string;
}

/** A running table's word on a service. */
interface TableOf {
  readonly host: string;
  readonly servers: number;
  /** Servers of weight 0 get no new connections. */
  readonly idle: number;
}

/** What clients ask for at a VIP. */
export interface ServedService {
  readonly label: string;
  /** The ids of the service on all hosts; those of its servers and checks begin with one of them. */
  readonly ids: ReadonlySet<string>;
  /** Each director whose table was seen; with no servers where the table lacks the service. */
  readonly tables: readonly TableOf[];
}

/** Addresses that one instance moves together, or a service's own, with all that serves them. */
export interface ServedVip {
  /** `192.0.2.10`, or `FWM 1/4` of a mark. */
  readonly names: readonly string[];
  readonly instances: readonly string[];
  readonly directors: readonly VipDirector[];
  readonly services: readonly ServedService[];
  /** Directors and real servers. */
  readonly hosts: ReadonlySet<string>;
  /** The ids of what is said of the VIP rather than of one service. */
  readonly ids: ReadonlySet<string>;
}

/** Every VIP of a cluster, in the order in which the files name them. */
export function servedVips(cluster: Cluster): readonly ServedVip[] {
  const lists = cluster.hosts.flatMap((host) => [...movedTogether(host), ...askedTogether(host)]);
  const groups = joined(lists).map((names): Group => ({ names, duties: new Map(), servers: new Set() }));
  const byName = new Map(groups.flatMap((group) => group.names.map((name) => [name, group] as const)));
  for (const host of cluster.hosts) {
    for (const instance of host.vrrp ?? []) {
      const [name = ''] = namesMoved(instance);
      dutyOf(byName.get(name), host)?.instances.push(instance);
    }
    for (const service of allServices(host)) {
      const [name = ''] = namesOf(service);
      dutyOf(byName.get(name), host)?.services.push(service);
    }
    for (const { service } of dutiesOf(cluster, host))
      byName.get(namesOf(service)[0] ?? '')?.servers.add(host.name);
  }
  return groups.map(vipOf);
}

/** Names that belong together, with what each host has to do with them. */
interface Group {
  readonly names: readonly string[];
  readonly duties: Map<Host, Duties>;
  readonly servers: Set<string>;
}

interface Duties {
  readonly instances: VrrpInstance[];
  readonly services: VirtualService[];
}

function dutyOf(group: Group | undefined, host: Host): Duties | undefined {
  const known = group?.duties.get(host) ?? { instances: [], services: [] };
  group?.duties.set(host, known);
  return known;
}

function namesMoved(instance: VrrpInstance): readonly string[] {
  return movedVips(instance).flatMap(({ value }) => value.key ?? []);
}

function movedTogether({ vrrp = [] }: Host): readonly (readonly string[])[] {
  return vrrp.map(namesMoved);
}

function askedTogether(host: Host): readonly (readonly string[])[] {
  return allServices(host).map(namesOf);
}

function namesOf({ endpoints }: VirtualService): readonly string[] {
  return endpoints.map(({ address, key }) => (address && addressKey(address.value)) ?? key);
}

/** Lists that share a name become one. */
function joined(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const parent = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(name, root);
    return root;
  };
  for (const [first, ...others] of lists) {
    if (first === undefined) continue;
    if (!parent.has(first)) parent.set(first, first);
    for (const other of others) {
      if (!parent.has(other)) parent.set(other, other);
      parent.set(rootOf(other), rootOf(first));
    }
  }
  return [...groupBy(parent.keys(), rootOf).values()];
}

function vipOf({ names, duties, servers }: Group): ServedVip {
  const directing = [...duties].map(([host, own]) => ({ host, ...own }));
  const services = groupBy(
    directing.flatMap(({ host, services: own }) => own.map((service) => ({ host, service }))),
    ({ service }) => service.endpoints.map(({ key }) => key).join(),
  );
  const instances = directing.flatMap((each) => each.instances);
  const asked = new Set(names);
  return {
    names,
    instances: [...new Set(instances.map(({ label }) => label))],
    directors: directing.map(({ host, instances: [instance] }) => {
      const status = host.vrrpStates?.find(({ name }) => name === instance?.name.value);
      const state = status?.state.value;
      return { host: host.name, has: heldBy(host, asked), ...(state !== undefined && { state }) };
    }),
    services: [...services.values()].map((same) => servedService(same, directing)),
    hosts: new Set([...directing.map(({ host }) => host.name), ...servers]),
    ids: new Set(instances.map(({ id }) => id)),
  };
}

function heldBy(host: Host, names: ReadonlySet<string>): readonly string[] | undefined {
  const standing = standingOn(host);
  return standing && [...names].filter((name) => standing.has(name));
}

/** The addresses of a host for which neighbours can ask. */
const standingOn = remembered(({ liveAddresses }: Host): ReadonlySet<string> | undefined => {
  const loud = liveAddresses?.filter(({ interface: device }) => !isQuietDevice(device.value));
  return loud && new Set(loud.map(({ key }) => key));
});

function servedService(
  same: readonly { readonly host: Host; readonly service: VirtualService }[],
  directing: readonly { readonly host: Host }[],
): ServedService {
  const running = new Map<Host, VirtualService[]>();
  for (const { host, service } of same) if (runningOn(host).has(service)) append(running, host, service);
  return {
    label: same[0]?.service.label ?? '',
    ids: new Set(same.map(({ service }) => service.id)),
    tables: directing.flatMap(({ host }) => {
      if (host.table === undefined) return [];
      const servers = (running.get(host) ?? []).flatMap(({ realServers }) => realServers);
      const idle = servers.filter(({ weight }) => weight.value === 0).length;
      return [{ host: host.name, servers: servers.length, idle }];
    }),
  };
}

const runningOn = remembered((host: Host): ReadonlySet<VirtualService> => new Set(host.table));
