import type { Fact } from '../evidence/fact.ts';
import type { Cluster, Host, HostWith } from './cluster.ts';
import { isQuietDevice } from './device.ts';
import { remembered } from './memory.ts';
import { groupWith, type VrrpGroup, type VrrpMember } from './peers.ts';
import { instancesOf, keepsWeights, syncGroupOf } from './sync-group.ts';
import { movedVips } from './vip-list.ts';
import type { Track, TrackScript, Vip, VrrpInstance } from './vrrp.ts';
import { isOwner } from './vrrp-effect.ts';

/** What a sync group leaves of a member's track with a weight: processes stay, scripts go, the others lose the weight. */
export function isWeightIgnored({ kind, weight }: Track): boolean {
  return weight.value !== 0 && kind !== 'process';
}

/**
 * What really moves an instance: its own tracks and its group's. In a sync group keepalived drops a member's
 * scripts with weights and takes the weight from its interfaces and files (2.2.7: "due to SYNC group").
 */
export function tracksOf(host: Host, instance: VrrpInstance): readonly Track[] {
  const group = syncGroupOf(host, instance);
  const own = group === undefined || keepsWeights(group) ? instance.tracks : instance.tracks.filter(stays);
  return [...own, ...(group?.tracks ?? [])];
}

function stays(track: Track): boolean {
  return !(isWeightIgnored(track) && track.kind === 'script');
}

const scriptsByName = remembered(
  (scripts: readonly TrackScript[]): ReadonlyMap<string, TrackScript> =>
    new Map(scripts.map((script) => [script.label, script])),
);

/** The script that a track names; of two with one name the last. */
export function scriptOf({ trackScripts }: Host, { kind, name }: Track): TrackScript | undefined {
  if (kind !== 'script' || trackScripts === undefined) return undefined;
  return scriptsByName(trackScripts).get(name.value);
}

/** The virtual router of a host whose other nodes track a script of that name. */
export function routerTracking(
  cluster: Cluster,
  { vrrp = [] }: Host,
  { label }: TrackScript,
): VrrpGroup | undefined {
  const groups = vrrp.flatMap((instance) => groupWith(cluster, instance) ?? []);
  return groups.find(({ members }) =>
    members.some(({ host, instance }) => tracksOf(host, instance).some(({ name }) => name.value === label)),
  );
}

/** Tracks whose failure changes the priority; of a file nobody knows the value that its weight multiplies. */
export function weightedTracks(host: Host, instance: VrrpInstance): readonly Track[] {
  if (isOwner(instance)) return [];
  return tracksOf(host, instance).filter(
    ({ kind, weight, reverse, definition }) =>
      weight.value !== 0 && !reverse && kind !== 'file' && (kind === 'interface' || definition !== undefined),
  );
}

/**
 * The priority with some tracks failed: positive weights count while all is well, negative ones when it is not,
 * kept between 1 and 254 (keepalived.conf(5), vrrp_script; vrrp.c).
 */
export function priorityWithout(
  instance: VrrpInstance,
  tracks: readonly Track[],
  failed: readonly Track[],
): number {
  if (isOwner(instance)) return instance.priority.value;
  let priority = instance.priority.value;
  for (const track of tracks) {
    const { value } = track.weight;
    if (failed.includes(track) ? value < 0 : value > 0) priority += value;
  }
  return Math.min(254, Math.max(1, priority));
}

/** The first VIP on a link that neither the instance nor another one of its sync group runs on. */
export function unwatchedVip(host: HostWith<'vrrp'>, instance: VrrpInstance): Fact<Vip> | undefined {
  const group = syncGroupOf(host, instance);
  const companions = group === undefined ? [instance] : instancesOf(host, group);
  const watched = new Set(companions.map((each) => linkOf(each.interface?.value ?? '')));
  return movedVips(instance).find(
    ({ value: { device } }) => device !== undefined && !isQuietDevice(device) && !watched.has(linkOf(device)),
  );
}

/** A VLAN is up where its interface is: eth0 for eth0.120. */
function linkOf(device: string): string {
  return device.replace(/\.\d+$/, '');
}

/** True where the failure of some check takes the node to FAULT: with a weight it only lowers the priority. */
export function canFault({ host, instance }: VrrpMember): boolean {
  return tracksOf(host, instance).some(({ weight, kind }) => weight.value === 0 && kind !== 'interface');
}
