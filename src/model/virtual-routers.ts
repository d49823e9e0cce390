import { inPrefix, networkKey } from './endpoint.ts';
import { append, groupBy } from './grouping.ts';
import type { VrrpMember } from './peers.ts';

/** What two members share, as texts; members with one text in common may be one virtual router. */
type Kinship = (member: VrrpMember) => readonly string[];

/**
 * Puts the instances of different hosts together that are meant to be one virtual router. What leaves no doubt goes
 * first: the same peers, the same folder, the same settings. Later and weaker signs only add those that are alone, so
 * that clusters which happen to use one address, as samples do, stay apart.
 */
export function routersAmong(members: readonly VrrpMember[]): readonly (readonly VrrpMember[])[] {
  const sets = new Sets(members);
  joinByKey(sets, members, mesh);
  for (const where of [folderOf, () => '']) {
    for (const signs of [settingsAndName, settings, addressesAndId, addresses])
      joinByKey(sets, members, (member) => signs(member).map((sign) => `${where(member)}\n${sign}`));
  }
  for (const signs of [neighbourhood, linkLocalAndName]) joinByKey(sets, sets.lone(), signs);
  joinNamesakes(sets);
  return sets.all();
}

/** A unicast cluster by all of its addresses, and one that it moves. */
const mesh: Kinship = ({ instance }) => {
  const { unicastSource, unicastPeers } = instance;
  if (unicastSource === undefined || unicastPeers.length === 0) return [];
  const nodes = [unicastSource, ...unicastPeers].map(({ value }) => value).sort();
  return vipsOf(instance).map((vip) => `${nodes.join(' ')} ${vip}`);
};

/** All that peers must have in common. */
const settings: Kinship = ({ instance }) => {
  const { virtualRouterId, version, authPass } = instance;
  const vips = vipsOf(instance).toSorted();
  if (vips.length === 0 || virtualRouterId === undefined) return [];
  return [`${virtualRouterId.value} ${version.value} ${authPass?.value} ${vips.join(' ')}`];
};

const settingsAndName: Kinship = (member) =>
  settings(member).map((sign) => `${member.instance.label} ${sign}`);

const addressesAndId: Kinship = ({ instance }) =>
  vipsOf(instance).map((vip) => `${vip} ${instance.virtualRouterId?.value}`);

/** Link-local addresses are the same on many links: `fe80::1` says nothing by itself. */
const addresses: Kinship = ({ instance }) => vipsOf(instance).filter((vip) => !isLinkLocal(vip));

const linkLocalAndName: Kinship = ({ instance }) => vipsOf(instance).map((vip) => `${vip} ${instance.label}`);

/** Same virtual router id and family, first addresses in one /24 or /64: peers whose address lists have come apart. */
const neighbourhood: Kinship = ({ instance }) => {
  const vips = vipsOf(instance);
  const vip = vips.find((each) => !isLinkLocal(each)) ?? vips[0];
  const id = instance.virtualRouterId?.value;
  const network = vip === undefined ? undefined : networkKey(vip, instance.family === 4 ? 24 : 64);
  return id === undefined || network === undefined ? [] : [`${id} ${network}`];
};

/** A pair of one name whose addresses differ altogether; more than two of a name are samples of a name. */
function joinNamesakes(sets: Sets): void {
  const byName = new Map<string, VrrpMember[]>();
  for (const member of sets.lone()) {
    const { label, family, virtualRouterId } = member.instance;
    if (virtualRouterId === undefined) continue;
    const key = `${label}/${family}/${virtualRouterId.value}`;
    append(byName, key, member);
  }
  for (const [one, other, third] of byName.values())
    if (one !== undefined && other !== undefined && third === undefined && areHalves(one, other))
      sets.join(one, other);
}

/** Everybody calls an instance VI_1 and takes 51: a pair shares its password too, or its roles on one interface. */
function areHalves({ instance: one }: VrrpMember, { instance: other }: VrrpMember): boolean {
  if (one.authPass !== undefined && one.authPass.value === other.authPass?.value) return true;
  return one.state.value !== other.state.value && one.interface?.value === other.interface?.value;
}

function vipsOf({ vips }: VrrpMember['instance']): readonly string[] {
  return vips.flatMap(({ value }) => value.key ?? []);
}

function isLinkLocal(key: string): boolean {
  return key.startsWith('fe') && inPrefix(key, 'fe80::', 10);
}

/** Where the folder or the file of a host lies: clusters of one project are kept in folders of their own. */
function folderOf({ host }: VrrpMember): string {
  const segments = host.place.source.name.split('/').slice(0, -1);
  const own = segments.lastIndexOf(host.name.slice(host.name.lastIndexOf('/') + 1));
  return segments.slice(0, own === -1 ? undefined : own).join('/');
}

function joinByKey(sets: Sets, members: readonly VrrpMember[], signs: Kinship): void {
  const byKey = new Map<string, VrrpMember>();
  for (const member of members) {
    for (const key of signs(member)) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, member);
      else sets.join(known, member);
    }
  }
}

/** Disjoint sets of members in which no host appears twice. */
class Sets {
  private readonly setOf = new Map<VrrpMember, { members: VrrpMember[]; hosts: Set<string> }>();

  constructor(members: readonly VrrpMember[]) {
    for (const member of members)
      this.setOf.set(member, { members: [member], hosts: new Set([member.host.name]) });
  }

  lone(): VrrpMember[] {
    return [...this.setOf].filter(([, { members }]) => members.length === 1).map(([member]) => member);
  }

  /** Two sets of several members stay apart: both have found their peers. */
  join(one: VrrpMember, other: VrrpMember): void {
    const [left, right] = [this.setOf.get(one), this.setOf.get(other)];
    if (left === undefined || right === undefined || left === right) return;
    const [large, small] = right.members.length > 1 ? [right, left] : [left, right];
    const [alone, second] = small.members;
    if (alone === undefined || second !== undefined || large.hosts.has(alone.host.name)) return;
    large.members.push(alone);
    large.hosts.add(alone.host.name);
    this.setOf.set(alone, large);
  }

  /** Every set once, its members in the order in which they came. */
  all(): readonly (readonly VrrpMember[])[] {
    const sets = groupBy(this.setOf, ([, set]) => set);
    return [...sets.values()].map((members) => members.map(([member]) => member));
  }
}
