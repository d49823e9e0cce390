import { linesOf } from '../../src/evidence/lines.ts';
import type { Finding } from '../../src/judge/finding.ts';
import { reaches } from '../../src/judge/order.ts';
import { lint } from './lint.ts';
import { readMarks } from './marks.ts';

export type Files = Readonly<Record<string, string>>;

/** One mistake: what stands in a file, what is written instead, and where the one finding has to be. */
export interface Mistake {
  readonly rule: string;
  /** Piece by piece, whatever blanks and line ends stand in it; `<|…|>` marks the line that the finding has to name. */
  readonly from: string;
  readonly to: string;
  /** Without a mark: the first place of these words in the changed file. */
  readonly at?: string | undefined;
  readonly everywhere?: boolean;
}

/** A file with a mistake, and the line that has to be named. */
export function withMistake(
  text: string,
  { from, to, at, everywhere }: Mistake,
): { text: string; line: number } {
  const words = from
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\w.-])${words.join('\\s+')}(?![\\w.-])`, everywhere ? 'g' : '');
  if (text.search(pattern) < 0) throw new Error(`'${from}' stands nowhere in the file`);
  const lines = to.trim().replaceAll(/\s*(?<!<)\|(?!>)\s*/g, '\n');
  const marked = readMarks(text.replace(pattern, () => lines));
  const place = marked.ranges[0]?.start ?? (at === undefined ? -1 : marked.text.indexOf(at));
  if (place < 0) throw new Error(`nothing in '${to}' says where the finding has to be`);
  return { text: marked.text, line: lineAt(marked.text, place) };
}

/** Where each finding stands that counts: graver than advice, or of the rule that is asked for, with what it explains. */
export async function told(
  files: Files,
  sound: Files,
  rule: string,
): Promise<readonly (readonly string[])[]> {
  const before = new Set((await lint(sound)).findings.map(spoken));
  const { findings } = await lint(files);
  return findings
    .filter((finding) => reaches(finding.severity, 'warning') || rulesOf(finding).includes(rule))
    .filter((finding) => !before.has(spoken(finding)))
    .map((finding) => [finding, ...finding.also].map(whereOf));
}

function rulesOf({ rule, also }: Finding): readonly string[] {
  return [rule, ...also.map((other) => other.rule)];
}

function spoken({ rule, message }: Finding): string {
  return `${rule} ${message}`;
}

function whereOf({ rule, at: { source, range } }: Finding): string {
  return `${rule} ${source.name}:${linesOf(source).positionAt(range.start).line}`;
}

/** The line in which words stand first. */
export function lineOf(text: string, words: string): number {
  return lineAt(text, text.indexOf(words));
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
