import type { ClusterModel, Host, HostWith } from './cluster.ts';
import { remembered } from './memory.ts';
import { groupWith, type VrrpGroup, type VrrpMember } from './peers.ts';
import type { SyncGroup, VrrpInstance } from './vrrp.ts';

const groupsByMember = remembered(
  (groups: readonly SyncGroup[]): ReadonlyMap<string, SyncGroup> =>
    new Map(groups.flatMap((group) => group.members.map(({ value }) => [value, group] as const)).reverse()),
);
const instancesByLabel = remembered(
  (instances: readonly VrrpInstance[]): ReadonlyMap<string, VrrpInstance> =>
    new Map(instances.map((instance) => [instance.label, instance])),
);

/** The sync group that holds an instance; the first one counts (keepalived ignores the others). */
export function syncGroupOf({ syncGroups }: Host, instance: VrrpInstance): SyncGroup | undefined {
  if (syncGroups === undefined || syncGroups.length === 0) return undefined;
  return groupsByMember(syncGroups).get(instance.label);
}

/** True for a group whose members keep their weights. */
export function keepsWeights(group: SyncGroup): boolean {
  return group.trackingWeight?.value === true || group.globalTracking?.value === true;
}

/** The instances of a sync group by the order of its list; names that no instance has are left out. */
export function instancesOf(host: HostWith<'vrrp'>, group: SyncGroup): readonly VrrpInstance[] {
  const instances = instancesByLabel(host.vrrp);
  return [...new Set(group.members.flatMap(({ value }) => instances.get(value) ?? []))];
}

/** Both nodes' instances of one virtual router. */
type Halves = readonly [here: VrrpMember, there: VrrpMember];

/** A sync group of one host, and what each of its instances meets on another. */
export interface SyncPair {
  readonly sync: SyncGroup;
  readonly here: HostWith<'syncGroups'>;
  readonly there: HostWith<'syncGroups'>;
  /** Of every instance both halves. */
  readonly halves: readonly Halves[];
}

/** How far the first node is ahead in priority; below 0 where the other one is. */
export function leadOf([here, there]: Halves): number {
  return here.instance.priority.value - there.instance.priority.value;
}

/** The node that the priorities of one virtual router prefer. */
export function preferredHost(halves: Halves): Host {
  return halves[leadOf(halves) > 0 ? 0 : 1].host;
}

/** The first instance that the other node does not move together with the first one of the group. */
export function movedApart({ there, halves: [first, ...rest] }: SyncPair): Halves | undefined {
  const group = first && syncGroupOf(there, first[1].instance);
  return rest.find(([, { instance }]) => group === undefined || syncGroupOf(there, instance) !== group);
}

/** Every sync group of the first node of its virtual routers beside each other node; of a later one where the first has none. */
export function syncPairs(cluster: ClusterModel<'vrrp' | 'syncGroups'>): readonly SyncPair[] {
  const seen = new Map<Host, HostWith<'syncGroups'>>(cluster.hosts.map((host) => [host, host]));
  return cluster.hosts.flatMap((here) =>
    here.syncGroups.flatMap((sync) => {
      const routers = instancesOf(here, sync).flatMap((each) => groupWith(cluster.whole, each) ?? []);
      const [first, ...rest] = routers[0]?.members ?? [];
      if (first === undefined) return [];
      const alone = first.host !== here && syncGroupOf(first.host, first.instance) === undefined;
      const others = first.host === here ? rest : alone ? [first] : [];
      return others.flatMap(({ host }) => {
        const there = seen.get(host);
        const halves = routers.flatMap((router) => halvesOf(router, here, host));
        return there === undefined ? [] : [{ sync, here, there, halves }];
      });
    }),
  );
}

function halvesOf({ members }: VrrpGroup, here: Host, there: Host): [VrrpMember, VrrpMember][] {
  const mine = members.find(({ host }) => host === here);
  const theirs = members.find(({ host }) => host === there);
  return mine && theirs ? [[mine, theirs]] : [];
}
