import type { Located } from '../evidence/fact.ts';
import { programOf } from './command-line.ts';
import { matchUp } from './match-up.ts';
import type { VrrpMember } from './peers.ts';
import { scriptOf, tracksOf } from './tracking.ts';
import type { Track } from './vrrp.ts';

/** One thing that two nodes of a virtual router do not watch alike, with both places. */
export interface TrackDifference {
  readonly kind: Track['kind'];
  readonly found: Located;
  readonly expected: Located;
  readonly message: string;
  /** What the expected node does, for its place. */
  readonly wanted: string;
}

/** How the tracking of one node differs from that of another, the first difference first. */
export function trackDifferences(expected: VrrpMember, found: VrrpMember): readonly TrackDifference[] {
  const wanted = tracksOf(expected.host, expected.instance).map((track) => ({ track, member: expected }));
  const own = tracksOf(found.host, found.instance).map((track) => ({ track, member: found }));
  const interfaces = (tracks: typeof own) => tracks.filter(({ track }) => track.kind === 'interface');
  const others = (tracks: typeof own) => tracks.filter(({ track }) => track.kind !== 'interface');
  const matched = matchUp(others(wanted), others(own), nameOf, commandOf, programsOf);
  const pairs: (readonly [Tracked | undefined, Tracked | undefined])[] = [
    ...matched.pairs,
    ...matched.onlyFirst.map((one) => [one, undefined] as const),
    ...matched.onlySecond.map((other) => [undefined, other] as const),
  ];
  const [theirs, ours] = [interfaces(wanted), interfaces(own)];
  for (let index = 0; index < Math.max(theirs.length, ours.length); index++)
    pairs.push([theirs[index], ours[index]]);
  return pairs.flatMap(([one, other]) => difference(expected, found, one, other) ?? []);
}

interface Tracked {
  readonly track: Track;
  readonly member: VrrpMember;
}

function nameOf({ track: { kind, name } }: Tracked): readonly string[] {
  return [`${kind} ${name.value}`];
}

/** The same command by another name. */
function commandOf({ track, member }: Tracked): readonly string[] {
  const command = scriptOf(member.host, track)?.command?.value;
  return command === undefined ? [] : [command];
}

/** The same program by another name: each node asks its own database. */
function programsOf(tracked: Tracked): readonly string[] {
  return commandOf(tracked).map(programOf);
}

function difference(
  expected: VrrpMember,
  found: VrrpMember,
  one: Tracked | undefined,
  other: Tracked | undefined,
): TrackDifference | undefined {
  const [them, us] = [expected.host.label, found.host.label];
  if (one !== undefined && other !== undefined) {
    const { kind, name } = one.track;
    const weights = [one.track, other.track].map(
      ({ weight, reverse }) => `${weight.value}${reverse ? ' reverse' : ''}`,
    );
    if (weights[0] !== weights[1])
      return {
        kind,
        found: other.track.weight,
        expected: one.track.weight,
        message: `${us} gives ${name.value} weight ${weights[1]}, ${them} ${weights[0]}`,
        wanted: `weight ${weights[0]} on ${them}`,
      };
    const [theirs, ours] = [scriptOf(expected.host, one.track), scriptOf(found.host, other.track)];
    for (const count of ['fall', 'rise'] as const) {
      const [wanted, own] = [theirs?.[count], ours?.[count]];
      if (wanted === undefined || own === undefined || wanted.value === own.value) continue;
      return {
        kind,
        found: own,
        expected: wanted,
        message: `${us} runs ${name.value} with ${count} ${own.value}, ${them} with ${wanted.value}`,
        wanted: `${count} ${wanted.value} on ${them}`,
      };
    }
    return undefined;
  }
  if (one !== undefined)
    return {
      kind: one.track.kind,
      found: found.instance.other.get(`track_${one.track.kind}`) ?? found.instance,
      expected: one.track.name,
      message: `${us} does not track ${one.track.name.value}, ${them} does`,
      wanted: `${them} tracks it`,
    };
  if (other === undefined) return undefined;
  return {
    kind: other.track.kind,
    found: other.track.name,
    expected: expected.instance.other.get(`track_${other.track.kind}`) ?? expected.instance,
    message: `${us} tracks ${other.track.name.value}, ${them} does not`,
    wanted: `${them} does not track it`,
  };
}
