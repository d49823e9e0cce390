import type { Cluster, ClusterModel, Host, HostWith, Part, Subject } from './cluster.ts';
import type { VrrpInstance } from './vrrp.ts';

/** One node's half of a VRRP group. */
export interface VrrpMember {
  readonly host: HostWith<'vrrp'>;
  readonly instance: VrrpInstance;
}

/** The instances of different hosts that are meant to be one virtual router; at least two members. */
export interface VrrpGroup extends Subject {
  readonly members: readonly VrrpMember[];
}

const indexes = new WeakMap<Cluster, ReadonlyMap<VrrpInstance, VrrpGroup>>();
const groupsOf = new WeakMap<Cluster, readonly VrrpGroup[]>();

/**
 * The virtual routers of a cluster. Instances belong together that share an address; among those that share none,
 * the ones with one virtual router id whose first addresses are neighbours, or that carry the same name in a pair.
 */
export function vrrpGroups(cluster: Cluster): readonly VrrpGroup[] {
  let groups = groupsOf.get(cluster);
  if (groups === undefined) {
    groups = findGroups(cluster);
    groupsOf.set(cluster, groups);
  }
  return groups;
}

/** The virtual router that an instance is one half of, else the instance: what a finding about either can be about. */
export function routerOf(cluster: Cluster, instance: VrrpInstance): Subject {
  return groupWith(cluster, instance) ?? instance;
}

/** The group of an instance; undefined where no other host shares it. */
export function groupWith(cluster: Cluster, instance: VrrpInstance): VrrpGroup | undefined {
  let index = indexes.get(cluster);
  if (index === undefined) {
    index = new Map(
      vrrpGroups(cluster).flatMap((group) => group.members.map((each) => [each.instance, group])),
    );
    indexes.set(cluster, index);
  }
  return index.get(instance);
}

/** Directors that share a virtual router: each set of hosts once, with at least two hosts. */
export function directorGroups(cluster: Cluster): readonly (readonly Host[])[] {
  const sets = new Map<string, readonly Host[]>();
  for (const { members } of vrrpGroups(cluster)) {
    const hosts = members.map(({ host }) => host);
    sets.set(
      hosts
        .map(({ name }) => name)
        .sort()
        .join('\n'),
      hosts,
    );
  }
  return [...sets.values()];
}

/** The first of each set of directors with each of the others, as far as a rule sees them; every pair once. */
export function directorPairs<P extends Part>(
  cluster: ClusterModel<P>,
): readonly (readonly [HostWith<P>, HostWith<P>])[] {
  const seen = new Map(cluster.hosts.map((host) => [host.name, host]));
  const pairs = new Map<string, readonly [HostWith<P>, HostWith<P>]>();
  for (const group of directorGroups(cluster.whole)) {
    const [first, ...others] = group.flatMap(({ name }) => seen.get(name) ?? []);
    for (const other of others)
      if (first !== undefined) pairs.set([first.name, other.name].sort().join('\n'), [first, other]);
  }
  return [...pairs.values()];
}

function findGroups(cluster: Cluster): VrrpGroup[] {
  const members = cluster.hosts.flatMap((host) =>
    (host.vrrp ?? []).map((instance): VrrpMember => ({ host: host as HostWith<'vrrp'>, instance })),
  );
  const sets = new Sets(members);
  joinByKey(sets, members, ({ instance }) => instance.vips.flatMap(({ value }) => value.key ?? []));
  const lone = members.filter((member) => sets.sizeOf(member) === 1);
  joinByKey(sets, lone, (member) => neighbourhood(member));
  const stillLone = members.filter((member) => sets.sizeOf(member) === 1);
  for (const [one, other] of namesakes(stillLone)) sets.join(one, other);
  return sets
    .all()
    .filter((set) => set.length > 1)
    .map(groupOf);
}

function groupOf(members: readonly VrrpMember[]): VrrpGroup {
  const [first] = members as readonly [VrrpMember];
  const names = members.map(({ host }) => host.name).join(', ');
  return {
    id: `${names}/${first.instance.label}`,
    label: `${first.instance.label} on ${names}`,
    place: first.instance.place,
    members,
  };
}

/** Puts members of different hosts together that share a key. */
function joinByKey(
  sets: Sets,
  members: readonly VrrpMember[],
  keysOf: (member: VrrpMember) => readonly string[],
): void {
  const byKey = new Map<string, VrrpMember>();
  for (const member of members) {
    for (const key of keysOf(member)) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, member);
      else sets.join(known, member);
    }
  }
}

/** Same virtual router id and family, first addresses in one /24 or /64: peers whose address lists have come apart. */
function neighbourhood({ instance }: VrrpMember): readonly string[] {
  const id = instance.virtualRouterId?.value;
  const address = instance.vips[0]?.value.key;
  if (id === undefined || address === undefined) return [];
  const network =
    instance.family === 4 ? address.replace(/\.\d+$/, '') : address.split(':').slice(0, 4).join(':');
  return [`${instance.family}/${id}/${network}`];
}

/** The last two that share name, family and virtual router id: a pair whose addresses differ altogether. */
function namesakes(members: readonly VrrpMember[]): readonly (readonly [VrrpMember, VrrpMember])[] {
  const byName = new Map<string, VrrpMember[]>();
  for (const member of members) {
    const { instance } = member;
    if (instance.virtualRouterId === undefined) continue;
    const key = `${instance.label}/${instance.family}/${instance.virtualRouterId.value}`;
    byName.set(key, [...(byName.get(key) ?? []), member]);
  }
  return [...byName.values()].flatMap((set) =>
    set.length === 2 && set[0] && set[1] ? [[set[0], set[1]] as const] : [],
  );
}

/** Disjoint sets of members in which no host appears twice. */
class Sets {
  private readonly set = new Map<VrrpMember, VrrpMember[]>();

  constructor(members: readonly VrrpMember[]) {
    for (const member of members) this.set.set(member, [member]);
  }

  sizeOf(member: VrrpMember): number {
    return this.set.get(member)?.length ?? 0;
  }

  join(one: VrrpMember, other: VrrpMember): void {
    const left = this.set.get(one);
    const right = this.set.get(other);
    if (left === undefined || right === undefined || left === right) return;
    const hosts = new Set(left.map(({ host }) => host));
    if (right.some(({ host }) => hosts.has(host))) return;
    left.push(...right);
    for (const member of right) this.set.set(member, left);
  }

  all(): readonly (readonly VrrpMember[])[] {
    return [...new Set(this.set.values())];
  }
}
