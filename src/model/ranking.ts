import { type Fix, reviewedFix, valued } from '../evidence/fix.ts';
import { isInstanceDamaged } from './damage.ts';
import type { VrrpGroup, VrrpMember } from './peers.ts';
import { priorityWithout, weightedTracks } from './tracking.ts';
import type { Track } from './vrrp.ts';
import { keepsBackup } from './vrrp-effect.ts';

/** A node of a virtual router with the priority that it has while every check passes. */
export interface Ranked extends VrrpMember {
  /** What decides as well who is preferred: the written priority is only where it starts. */
  readonly tracks: readonly Track[];
  readonly best: number;
}

/** The priority in the file, whatever the checks add to it. */
export function writtenPriority({ instance }: VrrpMember): number {
  return instance.priority.value;
}

/** True where every node has nopreempt: whoever is master stays, on purpose, and equal priorities do no harm. */
export function isSticky({ members }: VrrpGroup): boolean {
  return members.every(({ instance }) => keepsBackup(instance));
}

/** The nodes in the order in which they become master while every check passes; one whose priority is misspelt has no place. */
export function rankingOf({ members }: VrrpGroup): readonly Ranked[] {
  return members
    .filter(
      ({ host, instance }) => instance.priority.basis !== 'default' || !isInstanceDamaged(host, instance),
    )
    .map((member) => ({ ...member, tracks: weightedTracks(member.host, member.instance) }))
    .map((member) => ({ ...member, best: priorityWithout(member.instance, member.tracks, []) }))
    .sort((one, other) => other.best - one.best);
}

/** The priority of a node with some checks failed. */
export function priorityAfter({ instance, tracks }: Ranked, failed: readonly Track[]): number {
  return priorityWithout(instance, tracks, failed);
}

/** The weight that lets the heir win. A positive one counts on both nodes: the priorities as written are compared. */
export function neededWeight(master: Ranked, heir: Ranked, track: Track): string {
  const least = leastWeight(master, heir, track);
  return least < 0 ? `${least} or lower` : `${least} or more`;
}

function leastWeight(master: Ranked, heir: Ranked, { weight }: Track): number {
  if (weight.value < 0) return heir.best - master.best - 1;
  return writtenPriority(master) - writtenPriority(heir) + 1;
}

/** That weight on every node that tracks the same thing with the same one; none where keepalived takes no such number. */
export function weightFix(ranking: readonly Ranked[], heir: Ranked, track: Track): Fix | undefined {
  const [master] = ranking;
  const weight = master === undefined ? 0 : leastWeight(master, heir, track);
  if (weight === 0 || Math.abs(weight) > MOST_WEIGHT) return undefined;
  const alike = ranking
    .flatMap(({ tracks }) => tracks)
    .filter(({ kind, name }) => kind === track.kind && name.value === track.name.value);
  return reviewedFix(`write ${weight}`, ...alike.map((each) => valued(each.weight, weight)));
}

/** keepalived.conf(5): weights go from -253 to 253. */
const MOST_WEIGHT = 253;
