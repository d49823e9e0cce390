import type { Range } from '../../src/evidence/place.ts';
import type { Rendering, Source } from '../../src/evidence/source.ts';
import { dollarPieces } from './dollar.ts';
import { erbPieces } from './erb.ts';
import { goPieces } from './go.ts';
import { jinjaPieces } from './jinja.ts';
import { keepalivedWants } from './keepalived-wants.ts';
import { type Parsed, parsePieces } from './parser.ts';
import { type Output, render, type Segment } from './render.ts';
import { WORLDS, worldOf } from './samples.ts';
import { sysctlWants } from './sysctl-wants.ts';
import { Unfollowable } from './tag.ts';

export { PLAIN_WORLDS, WORLDS } from './samples.ts';

const PIECES = { jinja: jinjaPieces, erb: erbPieces, go: goPieces, dollar: dollarPieces };

/** A template that was followed: what it becomes, with one guess after another in the place of what nobody knows. */
export interface Template {
  rendered(world: number): Source;
}

const MOST_SIGNS = 1024 * 1024;

/** Reads a template, or says why it cannot be followed. */
export function readTemplate(source: Source): Template | string {
  if (source.text.length > MOST_SIGNS) return 'it is larger than 1 MB';
  try {
    const parsed = parsePieces(source.text, PIECES[source.template ?? 'jinja'](source.text));
    const write = (world: number) => writeOut(source, parsed, world);
    const balanced = Array.from({ length: WORLDS }, (_, world) => write(world).isBalanced);
    if (balanced.includes(true) && balanced.includes(false))
      return 'a brace opens in one branch and closes in another';
    return { rendered: (world) => asSource(source, write(world)) };
  } catch (error) {
    if (error instanceof Unfollowable) return error.message;
    throw error;
  }
}

function writeOut(source: Source, parsed: Parsed, world: number): Output {
  const wants = source.format === 'sysctl' ? sysctlWants : keepalivedWants;
  return render(source.text, parsed, worldOf(world, wants, source.text));
}

function asSource(template: Source, { text, segments, unknown }: Output): Source {
  const [first] = unknown;
  const isPart = template.format === 'keepalived.conf' && !isWhole(template);
  const rangeOf = (range: Range) => writtenRange(segments, range);
  const filled = filledWords(text, segments);
  const starts = filled.map(({ start }) => start);
  const rendering: Rendering = {
    template,
    rangeOf,
    holds: holder(segments),
    isFilled: (offset) => offset < (filled[countUpTo(starts, offset) - 1]?.end ?? 0),
    words: wordsOf(
      template,
      text,
      [...filled, ...segments.flatMap(({ out, tag }) => (tag ? [out] : []))],
      rangeOf,
    ),
    ...(first !== undefined && {
      partial: `what ${shortened(template.text.slice(first.start, first.end))} puts in is not known before it is rendered`,
    }),
    ...(first === undefined && isPart && { partial: 'it is a part of a file that was not given' }),
  };
  return { ...template, text, rendering, origin: { kind: 'rendering', path: template.origin.path } };
}

/** By its name or by its text a whole keepalived.conf, not a part that another file puts in. */
function isWhole({ name, text }: Source): boolean {
  return /keepalived[^/]*$/i.test(name) || /^[ \t]*global_defs\b/m.test(text);
}

/** Answers whether a part of the template stands in the output. */
function holder(segments: readonly Segment[]): (offset: number) => boolean {
  const ends = new Map<number, number>();
  for (const {
    in: { start, end },
  } of segments)
    ends.set(start, Math.max(end, ends.get(start) ?? 0));
  const starts = [...ends.keys()].sort((one, other) => one - other);
  return (offset) => {
    const start = starts[countUpTo(starts, offset) - 1];
    return offset === 0 || (start !== undefined && offset < (ends.get(start) ?? 0));
  };
}

/** How many of sorted numbers are not above another one. */
function countUpTo(sorted: readonly number[], most: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > most) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The words of the output that values are, or are a part of, from the first to the last. */
function filledWords(text: string, segments: readonly Segment[]): readonly Range[] {
  const filled: Range[] = [];
  for (const { out, tag } of segments) {
    if (!tag || out.start < (filled.at(-1)?.end ?? 0)) continue;
    let { start, end } = out;
    while (start > 0 && /[^\s{}"]/.test(text[start - 1] ?? ' ')) start--;
    while (end < text.length && /[^\s{}"]/.test(text[end] ?? ' ')) end++;
    filled.push({ start, end });
  }
  return filled;
}

/** What the template has for the words that were put in: `10.0.0.1/24` is `{{ vip }}/24`. */
function wordsOf(
  template: Source,
  text: string,
  filled: readonly Range[],
  rangeOf: (range: Range) => Range | undefined,
): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const written = new Set(template.text.split(/[^\w.-]+/));
  for (const whole of filled) {
    const word = text.slice(whole.start, whole.end);
    const range = rangeOf(whole);
    if (range === undefined || word.length < 3 || written.has(word)) continue;
    words.set(word, template.text.slice(range.start, range.end).replaceAll(/\s+/g, ' '));
  }
  return words;
}

function writtenRange(segments: readonly Segment[], { start, end }: Range): Range | undefined {
  const first = segmentAt(segments, start);
  const last = end > start ? segmentAt(segments, end - 1) : first;
  if (first === undefined || last === undefined) return undefined;
  const from = first.tag ? first.in.start : first.in.start + (start - first.out.start);
  const to = last.tag ? last.in.end : last.in.start + (end - last.out.start);
  return { start: from, end: to < from ? first.in.end : to };
}

/** The part of the output that holds an offset; at its end, the last one. */
function segmentAt(segments: readonly Segment[], offset: number): Segment | undefined {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.out.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return segments[low] ?? segments.at(-1);
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
