import type { Located } from '../evidence/fact.ts';
import type { ClusterModel, Host, Subject } from './cluster.ts';
import { isTemplate } from './damage.ts';
import { append } from './grouping.ts';
import { groupWith, type VrrpGroup, type VrrpMember, vrrpGroups } from './peers.ts';

/** A node that differs from what most of its group has, with one of those that have it. */
export interface Deviation {
  readonly group: VrrpGroup;
  readonly expected: VrrpMember;
  readonly found: VrrpMember;
}

/** The members of every group that a rule sees: hosts whose file is known in part may be left out, templates are. */
export function visibleGroups(cluster: ClusterModel<'vrrp'>): readonly VrrpGroup[] {
  const seen = new Set<Host>(cluster.hosts);
  return vrrpGroups(cluster.whole).map((group) => ({
    ...group,
    members: group.members.filter(({ host, instance }) => seen.has(host) && !isTemplate(host, instance)),
  }));
}

/** Every virtual router that a rule sees: the groups, and instances that no other host shares. */
export function virtualRouters(
  cluster: ClusterModel<'vrrp'>,
): readonly { readonly about: Subject; readonly members: readonly VrrpMember[] }[] {
  const alone = cluster.hosts.flatMap((host) =>
    host.vrrp
      .filter((instance) => groupWith(cluster.whole, instance) === undefined)
      .map((instance) => ({ about: instance, members: [{ host, instance }] })),
  );
  return [...visibleGroups(cluster).map((group) => ({ about: group, members: group.members })), ...alone];
}

/**
 * Who differs from the rest of its group in what `keyOf` says; of two nodes the second. Members of which it says
 * nothing are left out.
 */
export function deviationsOf(
  cluster: ClusterModel<'vrrp'>,
  keyOf: (member: VrrpMember) => string | undefined,
): readonly Deviation[] {
  return visibleGroups(cluster).flatMap((group) => {
    const byKey = new Map<string, VrrpMember[]>();
    for (const member of group.members) {
      const key = keyOf(member);
      if (key !== undefined) append(byKey, key, member);
    }
    const sets = [...byKey.values()];
    const most = Math.max(0, ...sets.map(({ length }) => length));
    const rest = sets.find(({ length }) => length === most);
    const [expected] = rest ?? [];
    if (expected === undefined) return [];
    return sets
      .filter((set) => set !== rest)
      .flatMap((set) => set.map((found) => ({ group, expected, found })));
  });
}

/** What one list has and the other lacks, by key, in the order of the files. */
export interface ListDifference<T> {
  readonly extra: readonly T[];
  readonly missing: readonly T[];
}

/** Compares two lists as sets of keys; an item without a key counts for nothing. */
export function differenceOf<T>(
  expected: readonly T[],
  found: readonly T[],
  keyOf: (item: T) => string | undefined,
): ListDifference<T> {
  const without = (items: readonly T[], others: readonly T[]) => {
    const known = new Set(others.map(keyOf));
    return items.filter((item) => keyOf(item) !== undefined && !known.has(keyOf(item)));
  };
  return { extra: without(found, expected), missing: without(expected, found) };
}

/** True for one line of a file that serves several nodes: config ids that share it do not tell nodes apart. */
export function isOnePlace(one: Located, other: Located): boolean {
  const [left, right] = [one.place, other.place];
  return left.source === right.source && left.range.start === right.range.start;
}
