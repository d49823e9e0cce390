import { type KeepalivedStatement, readInteger } from '../../grammars/keepalived/read.ts';
import { assumed, type Fact, statedBy } from '../evidence/fact.ts';
import { Fields } from './fields.ts';
import type { Track } from './vrrp.ts';

/** What can be tracked, by kind and name: `script chk_haproxy`. */
export type TrackDefinitions = ReadonlyMap<string, TrackDefinition>;

interface TrackDefinition {
  readonly header: KeepalivedStatement;
  readonly weight: Fact<number> | undefined;
  readonly reverse: boolean;
  /** A BFD instance with one of these words alone is unknown to the other side (bfd_parser.c; keepalived 2.2.7, run). */
  readonly onlyFor: 'vrrp' | 'checker' | undefined;
}

const KINDS = ['script', 'interface', 'process', 'file', 'bfd'] as const;

/** The blocks that define what the tracks of each kind name; interfaces need none. */
const BLOCKS: readonly (readonly [Track['kind'], string])[] = [
  ['script', 'vrrp_script'],
  ['process', 'vrrp_track_process'],
  ['file', 'vrrp_track_file'],
  ['file', 'track_file'],
  ['bfd', 'bfd_instance'],
];

/** A file's value counts once for its track unless a weight says otherwise (keepalived.conf(5), track files). */
const DEFAULT_FILE_WEIGHT = 1;

/** Everything that a track may name, from the blocks of one configuration. */
export function readTrackDefinitions(
  blocksOf: (keyword: string) => readonly KeepalivedStatement[],
): TrackDefinitions {
  const definitions = new Map<string, TrackDefinition>();
  for (const [kind, keyword] of BLOCKS) {
    for (const header of blocksOf(keyword)) {
      const fields = new Fields(header.block);
      const line = fields.last('weight');
      const [vrrp, checker] = [fields.last('vrrp'), fields.last('checker')];
      const isOneSided = kind === 'bfd' && (vrrp === undefined) !== (checker === undefined);
      const weight = line === undefined ? undefined : readInteger(line.argument(1) ?? '', -254, 254);
      const key = `${kind} ${header.argument(1) ?? ''}`;
      // Of two definitions of one name keepalived takes the first.
      if (definitions.has(key)) continue;
      definitions.set(key, {
        header,
        weight: line === undefined || weight === undefined ? undefined : statedBy(weight, line, 1),
        reverse: line?.argument(2) === 'reverse',
        onlyFor: isOneSided ? (vrrp === undefined ? 'checker' : 'vrrp') : undefined,
      });
    }
  }
  return definitions;
}

/** The tracks of an instance or a sync group, with the weight that counts. */
export function readTracks(fields: Fields, definitions: TrackDefinitions): Track[] {
  return KINDS.flatMap((kind) =>
    fields.items(`track_${kind}`).map((line) => {
      const found = definitions.get(`${kind} ${line.keyword}`);
      const definition = found?.onlyFor === 'checker' ? undefined : found;
      const { words } = line.shape;
      const at = words.indexOf('weight');
      const own = at === -1 ? undefined : readInteger(line.argument(at + 1) ?? '', -254, 254);
      return {
        kind,
        name: statedBy(line.keyword, line, 0),
        weight:
          own === undefined
            ? (definition?.weight ?? assumed(kind === 'file' ? DEFAULT_FILE_WEIGHT : 0, line))
            : statedBy(own, line, at + 1),
        reverse: own === undefined ? definition?.reverse === true : words.includes('reverse'),
        ...(definition !== undefined && { definition: definition.header }),
      };
    }),
  );
}
