import type { Fact, Located } from './fact.ts';
import type { Place } from './place.ts';

/** Text for a range of a source, in the offsets of the text as it stands; an empty range is an insertion. */
export interface Edit extends Place {
  readonly text: string;
}

/** A repair that a program can make. */
export interface Fix {
  /** What it does, as one would tell a colleague to: `write 254`. It names no secret. */
  readonly title: string;
  /** safe: what runs already, said plainly. review: it changes what the cluster does, as the remedy says. */
  readonly safety: 'safe' | 'review';
  readonly edits: readonly Edit[];
}

/** A fix that changes nothing of what the programs do now. Without one of its edits there is none. */
export function safeFix(title: string, ...edits: readonly (Edit | undefined)[]): Fix | undefined {
  return whole('safe', title, edits);
}

/** A fix that changes what the cluster does: somebody has to look at it. Without one of its edits there is none. */
export function reviewedFix(title: string, ...edits: readonly (Edit | undefined)[]): Fix | undefined {
  return whole('review', title, edits);
}

function whole(safety: Fix['safety'], title: string, edits: readonly (Edit | undefined)[]): Fix | undefined {
  const found = edits.filter((edit) => edit !== undefined);
  return found.length === 0 || found.length < edits.length ? undefined : { title, safety, edits: found };
}

/** One fix for several findings that are told as one. */
export function joinedFix(fixes: readonly (Fix | undefined)[]): Fix | undefined {
  const [first, ...others] = fixes.filter((fix) => fix !== undefined);
  if (first === undefined || others.length === 0) return first;
  const all = [first, ...others];
  return {
    title: first.title,
    safety: all.every(({ safety }) => safety === 'safe') ? 'safe' : 'review',
    edits: all.flatMap(({ edits }) => edits),
  };
}

/** Other words where exactly these stand. What a definition or a sequence puts in stands elsewhere and is left alone. */
export function worded({ place }: Located, from: string, to: string): Edit | undefined {
  const { source, range } = place;
  if (from === to || source.text.slice(range.start, range.end) !== from) return undefined;
  return { source, range, text: to };
}

/** Another value where a fact is written as it counts: not where it is a default, quoted, or made of variables. */
export function valued(fact: Fact<string | number>, to: string | number): Edit | undefined {
  return fact.basis === 'default' ? undefined : worded(fact, String(fact.value), String(to));
}

/** Only the first characters of a value, which may stand in quotes. */
export function shortened(fact: Fact<string>, length: number): Edit | undefined {
  const { source, range } = fact.place;
  const text = source.text.slice(range.start, range.end);
  const quote = text === `"${fact.value}"` ? 1 : 0;
  if (fact.basis === 'default' || (quote === 0 && text !== fact.value) || length >= fact.value.length)
    return undefined;
  return { source, range: { start: range.start + quote + length, end: range.end - quote }, text: '' };
}

/** Double quotes around all that stands from a place to the next blank, whatever a program takes of it. */
export function quotedToBlank({ place: { source, range } }: Located): readonly (Edit | undefined)[] {
  const [run = ''] = /^[^\s"{}]*/.exec(source.text.slice(range.start, range.start + 200)) ?? [];
  const end = range.start + run.length;
  if (end <= range.end || !/^(?:\s|$)/.test(source.text.slice(end, end + 1))) return [undefined];
  return [range.start, end].map((at) => ({ source, range: { start: at, end: at }, text: '"' }));
}
