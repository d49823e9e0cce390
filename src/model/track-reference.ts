import type { Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import type { Track } from './vrrp.ts';

/** Why keepalived ignores a track. */
export interface ReferenceDoubt {
  /** Follows the name of what is tracked. */
  readonly what: string;
  readonly remedy: string;
  readonly definition: Located | undefined;
}

/** The block that defines what a track of each kind names. */
const BLOCKS = {
  script: 'vrrp_script',
  process: 'vrrp_track_process',
  file: 'track_file',
  bfd: 'bfd_instance',
} as const;

/** What a track names has to stand above it: 2.2.7 says "not found, ignoring" of what comes later. */
export function doubtAboutReference({ kind, name, definition }: Track): ReferenceDoubt | undefined {
  if (kind === 'interface' || name.value.includes('$')) return undefined;
  const block = `${BLOCKS[kind]} ${name.value}`;
  if (definition === undefined)
    return {
      what: `which no ${BLOCKS[kind]} defines`,
      remedy: `Define it with ${block} { … } above this block, or correct the name.`,
      definition,
    };
  const [defined, used] = [definition.place, name.place];
  if (defined.source !== used.source || defined.range.start < used.range.start) return undefined;
  return { what: 'which is defined further down', remedy: `Move ${block} above this block.`, definition };
}

/** True where a block of that name begins with a word that keepalived does not know: the word is what is wrong. */
export function isMistyped({ faults = [] }: Host, { name, definition }: Track): boolean {
  if (definition !== undefined) return false;
  return faults.some(({ kind, at: { source, range } }) => {
    if (kind !== 'unknown-keyword') return false;
    const behind = source.text.slice(range.end, range.end + name.value.length + 2);
    return behind.trim() === name.value;
  });
}
