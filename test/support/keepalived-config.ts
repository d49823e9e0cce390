import fc from 'fast-check';
import {
  type BlockName,
  blockNames,
  type Keyword,
  vocabularyOf,
} from '../../grammars/keepalived/keywords.ts';
import { isBefore } from '../../grammars/keepalived/releases.ts';
import { damages, dresses, type File } from './keepalived-damage.ts';
import { frame, type Line, lineOf, textsOf } from './keepalived-frame.ts';
import { ITEMS, wordsBehind } from './keepalived-values.ts';

/** A configuration: the main file, and what it includes by name. */
export interface Configuration {
  readonly text: string;
  readonly included: Readonly<Record<string, string>>;
  /** The keywords that were put into the frame, as `block/keyword`. */
  readonly words: readonly string[];
}

/** A keyword at its place. */
export interface Place {
  readonly block: BlockName;
  readonly keyword: Keyword;
}

/** Every keyword of the vocabulary at every place, but those. */
export function placesOf(isLeftOut: (name: string) => boolean): readonly Place[] {
  return blockNames().flatMap((block) => {
    const vocabulary = vocabularyOf(block);
    return vocabulary.names.flatMap((name) => {
      const keyword = vocabulary.keyword(name);
      return keyword === undefined || isLeftOut(name) ? [] : [{ block, keyword }];
    });
  });
}

/** Whether a release has the keyword. */
export function isKnownTo(release: string, { keyword: { since, until } }: Place): boolean {
  return (
    (since === undefined || !isBefore(release, since)) && (until === undefined || isBefore(release, until))
  );
}

/** A line to put into the frame: at which of the blocks of its kind, and whether in front of or behind the others. */
interface Addition {
  readonly place: Place;
  readonly line: Line;
  readonly at: number;
  readonly first: boolean;
}

/** Sound and damaged files: a frame that has every kind of block, with any keyword of the vocabulary put into it. */
export function configurations(release: string, places: readonly Place[]): fc.Arbitrary<Configuration> {
  const known = places.filter((place) => isKnownTo(release, place));
  const newer = places.filter((place) => !isKnownTo(release, place));
  const whole = fc.record({
    algorithm: fc.constantFrom('rr', 'wrr', 'lc', 'wlc', 'sh', 'mh', 'dh', 'sed', 'nq'),
    mode: fc.constantFrom('DR', 'NAT', 'TUN'),
    additions: fc.array(addition(known, false), { maxLength: 6 }),
    wild: often(fc.array(addition(places, true), { minLength: 1, maxLength: 2 }), 5),
    newer: often(fc.array(addition(newer, false), { minLength: 1, maxLength: 1 }), 12),
    dress: fc.array(dresses(), { maxLength: 3 }),
    harm: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 2, arbitrary: fc.array(damages(), { minLength: 1, maxLength: 1 }) },
      { weight: 1, arbitrary: fc.array(damages(), { minLength: 2, maxLength: 4 }) },
    ),
  });
  return whole.map(({ algorithm, mode, additions, wild, newer, dress, harm }) => {
    const all = [...additions, ...wild, ...newer];
    const lines = textsOf(all.reduce(put, frame(algorithm, mode)));
    const file = [...dress, ...harm].reduce<File>((before, change) => change(before), {
      lines,
      included: {},
    });
    return {
      text: `${file.lines.join('\n')}\n`,
      included: file.included,
      words: all.map(({ place }) => `${place.block}/${place.keyword.name}`),
    };
  });
}

/** The arbitrary's list one time in so many, else none. */
function often<T>(list: fc.Arbitrary<T[]>, one: number): fc.Arbitrary<T[]> {
  return fc.oneof({ weight: one - 1, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: list });
}

function addition(places: readonly Place[], wild: boolean): fc.Arbitrary<Addition> {
  return fc.constantFrom(...places).chain((place) => {
    const { lists } = place.keyword;
    const items = lists === undefined ? fc.constant([]) : fc.array(ITEMS[lists], { maxLength: 3 });
    return fc
      .tuple(wordsBehind(place.keyword, wild), items, fc.nat(), fc.boolean())
      .map(([words, found, at, first]) => ({ place, line: lineOf(place.keyword, words, found), at, first }));
  });
}

/** The lines with one more, which takes the place of the line that says the same thing. */
function put(lines: readonly Line[], { place, line, at, first }: Addition): readonly Line[] {
  if (place.block === 'root') return merged(lines, line, first);
  const hosts = blocksOf(lines, place.block);
  const host = hosts[at % hosts.length];
  const within = (all: readonly Line[]): readonly Line[] =>
    all.map((each) => {
      if (each.lines === undefined) return each;
      return { ...each, lines: each === host ? merged(each.lines, line, first) : within(each.lines) };
    });
  return within(lines);
}

function merged(lines: readonly Line[], line: Line, first: boolean): readonly Line[] {
  const same = lines.findIndex(({ slot }) => slot === line.slot);
  if (same !== -1 && line.many !== true) return lines.map((each, at) => (at === same ? line : each));
  return first ? [line, ...lines] : [...lines, line];
}

function blocksOf(lines: readonly Line[], block: BlockName): readonly Line[] {
  return lines.flatMap((line) => [
    ...(line.block === block ? [line] : []),
    ...blocksOf(line.lines ?? [], block),
  ]);
}
