import type { Range } from '../evidence/place.ts';
import type { Rendering, Source } from '../evidence/source.ts';
import { decode } from './decode.ts';
import { type Answer, RemoteFailure } from './remote.ts';

/** Runs the user's own renderer on the text of a file. */
export type Renderer = (text: string, path: string) => Promise<Answer>;

/** What the renderer makes of a text, or why it makes nothing of it. */
export async function renderedText(
  render: Renderer,
  text: string,
  path: string,
): Promise<string | { readonly why: string }> {
  try {
    const { code, output, complaint } = await render(text, path);
    if (code !== 0) return { why: `the renderer ended with ${code ?? 'a signal'}${toldBy(complaint)}` };
    const decoded = decode(output);
    return 'why' in decoded ? { why: `what the renderer printed: ${decoded.why}` } : decoded.text;
  } catch (error) {
    if (error instanceof RemoteFailure) return { why: `the renderer: ${error.message}` };
    throw error;
  }
}

function toldBy(complaint: string): string {
  const words = complaint.replaceAll(/\s+/g, ' ').trim();
  return words === '' ? '' : `: ${words.length > 300 ? `${words.slice(0, 299)}…` : words}`;
}

/** The text that a renderer made of a template, with the way back to the template's lines, where they can be told. */
export async function renderedSource(template: Source, text: string): Promise<Source> {
  const lines = new Lines(text);
  const written = new Lines(template.text);
  const pairs = await pairedLines(written.texts, lines.texts);
  const rangeOf = ({ start, end }: Range): Range | undefined => {
    const line = lines.at(start);
    const origin = pairs[line];
    if (origin === undefined) return undefined;
    const from = written.starts[origin] ?? 0;
    const was = written.texts[origin] ?? '';
    const now = lines.texts[line] ?? '';
    const offset = start - (lines.starts[line] ?? 0);
    const length = end - start;
    // A word that stands before everything that was put in keeps its column.
    if (was.slice(0, offset + length) === now.slice(0, offset + length))
      return { start: from + offset, end: from + offset + length };
    const indent = was.length - was.trimStart().length;
    return { start: from + indent, end: from + was.trimEnd().length };
  };
  const rendering: Rendering = {
    template,
    rangeOf,
    holds: () => true,
    isFilled: () => false,
    words: new Map(),
  };
  return {
    ...template,
    name: `${template.name} (rendered)`,
    text,
    rendering,
    origin: { kind: 'rendering', path: template.origin.path },
  };
}

/** The lines of a text, and where each begins. */
class Lines {
  readonly texts: readonly string[];
  readonly starts: readonly number[];

  constructor(text: string) {
    this.texts = text.split('\n');
    let start = 0;
    this.starts = this.texts.map((line) => {
      const here = start;
      start += line.length + 1;
      return here;
    });
  }

  /** The line that holds an offset. */
  at(offset: number): number {
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return low - 1;
  }
}

/** Beyond so many changed lines nobody waits for the least difference. */
const MOST_CHANGES = 3000;
/** How far from the latest line that is sure the next one is looked for. */
const NEAR = 200;

/** For each line of the output the line of the template that it comes from. */
async function pairedLines(
  template: readonly string[],
  output: readonly string[],
): Promise<readonly (number | undefined)[]> {
  const { diffArrays } = await import('diff');
  const parts = diffArrays([...template], [...output], { maxEditLength: MOST_CHANGES }) ?? [];
  const pairs = new Array<number | undefined>(output.length);
  let [from, to] = [0, 0];
  for (const { added, removed, value } of parts) {
    if (!added && !removed)
      value.forEach((_, index) => {
        pairs[to + index] = from + index;
      });
    if (!added) from += value.length;
    if (!removed) to += value.length;
  }
  const fixed = template.map(fixedParts);
  let latest = 0;
  output.forEach((line, index) => {
    latest = pairs[index] ?? latest;
    if (pairs[index] === undefined && line.trim() !== '') {
      pairs[index] =
        nearest(latest, template.length, (at) => template[at] === line) ??
        nearest(latest, template.length, (at) => isMadeOf(fixed[at] ?? NOTHING, line));
      latest = pairs[index] ?? latest;
    }
  });
  return pairs;
}

/** The line nearest to another one that fits, those behind it first. */
function nearest(line: number, count: number, fits: (at: number) => boolean): number | undefined {
  for (let distance = 0; distance <= NEAR; distance++)
    for (const at of [line + distance, line - distance]) if (at >= 0 && at < count && fits(at)) return at;
  return undefined;
}

/** Fits no line. */
const NOTHING = ['\n'];
const TAG = /\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|[$%]\{[^}]*\}|\$[A-Za-z_]\w*/g;

/** The fixed parts of a template's line, in order; undefined for one without tags, or without anything else. */
function fixedParts(line: string): readonly string[] | undefined {
  const parts = line.trim().split(TAG);
  return parts.length < 2 || parts.join('').trim() === '' ? undefined : parts;
}

/** Whether a line is these parts with anything between them. */
function isMadeOf(parts: readonly string[], line: string): boolean {
  const text = line.trim();
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
