import type { Cluster, ClusterModel, Host, HostWith, Part, Subject } from './cluster.ts';
import { remembered } from './memory.ts';
import { routersAmong } from './virtual-routers.ts';
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

/** The virtual routers of a cluster: the instances of different hosts that belong together, see virtual-routers.ts. */
export const vrrpGroups = remembered(findGroups);

const groupsByInstance = remembered(
  (cluster: Cluster): ReadonlyMap<VrrpInstance, VrrpGroup> =>
    new Map(vrrpGroups(cluster).flatMap((group) => group.members.map((each) => [each.instance, group]))),
);

/** The virtual router that an instance is one half of, else the instance: what a finding about either can be about. */
export function routerOf(cluster: Cluster, instance: VrrpInstance): Subject {
  return groupWith(cluster, instance) ?? instance;
}

/** The group of an instance; undefined where no other host shares it. */
export function groupWith(cluster: Cluster, instance: VrrpInstance): VrrpGroup | undefined {
  return groupsByInstance(cluster).get(instance);
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
  return routersAmong(members)
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
