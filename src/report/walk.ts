import type { Finding } from '../judge/finding.ts';
import type { Page } from './text.ts';
import { counted, listed, plainWords, wordsOf } from './words.ts';
import { wrap } from './wrap.ts';

/** A symptom's page, walked with what is known of running hosts. */
export interface Walk {
  readonly symptom: string;
  readonly title: string;
  readonly steps: readonly Step<WalkedResult>[];
}

/** One thing to look at, and what may be seen there. */
export interface Step<R> {
  readonly question: string;
  /** "On each director" */
  readonly where: string;
  /** They look and change nothing. Words in capitals stand for the reader's own. */
  readonly commands: readonly string[];
  readonly results: readonly R[];
}

/** One thing that may be seen: what it rules in or out, and the rules that decide it from files or a running host. */
export interface Result {
  readonly seen: string;
  readonly means: string;
  readonly rules: readonly string[];
}

/** One thing that may be the case, and whether it is. */
export interface WalkedResult extends Result {
  /** `possible`: only advice speaks for it; `by eye`: no rule knows it. */
  readonly state: 'ruled in' | 'possible' | 'ruled out' | 'not judged' | 'by eye';
  /** What rules it in. */
  readonly findings: readonly Finding[];
  /** What keeps it from being ruled out. */
  readonly why: readonly string[];
}

const label = 'not judged  '.length;
const mostReasons = 3;

/** The walk as a page: each question with what the look answers, and the commands for what it does not. */
export function drawWalk({ symptom, title, steps }: Walk, page: Page): string {
  const { paint, prose } = page;
  const head = wrap(`== ${plainWords(symptom)}: ${plainWords(title)}`, prose, 0, 3).map(paint.strong);
  return [...head, '', ...steps.flatMap((step, at) => [...drawStep(step, at + 1, page), ''])].join('\n');
}

function drawStep(
  { question, where, commands, results }: Step<WalkedResult>,
  number: number,
  page: Page,
): readonly string[] {
  const { paint, prose } = page;
  const lines = wrap(`${number}. ${plainWords(question)}`, prose, 0, 3).map(paint.strong);
  const of = (state: WalkedResult['state']) => results.filter((result) => result.state === state);
  for (const { state, seen, means, findings } of [...of('ruled in'), ...of('possible')]) {
    lines.push(...labelled(state, `${plainWords(seen)} → ${plainWords(means)}`, page, paint.severity.error));
    for (const finding of findings) lines.push(...labelled('', evidenceOf(finding), page));
  }
  const out = of('ruled out').map(({ seen }) => plainWords(seen));
  if (out.length > 0) lines.push(...labelled('ruled out', out.join('; '), page));
  const open = of('not judged');
  if (open.length > 0) {
    lines.push(...labelled('not judged', open.map(({ seen }) => plainWords(seen)).join('; '), page));
    const reasons = [...new Set(open.flatMap(({ why }) => why))].map(plainWords);
    for (const reason of reasons.slice(0, mostReasons))
      lines.push(...labelled('', `because ${reason}`, page));
    if (reasons.length > mostReasons)
      lines.push(...labelled('', `and ${counted(reasons.length - mostReasons, 'more reason')}`, page));
  }
  const eye = of('by eye');
  for (const { seen, means } of eye)
    lines.push(...labelled('look', `${plainWords(seen)} → ${plainWords(means)}`, page));
  if (open.length + eye.length > 0 && commands.length > 0) {
    lines.push(paint.faint(`  ${plainWords(where).toLowerCase()}:`));
    for (const command of commands) lines.push(`    ${plainWords(command)}`);
  }
  return lines;
}

function evidenceOf(finding: Finding): string {
  return `${finding.severity} ${plainWords(finding.host)}: ${wordsOf(finding, finding.message)} (${finding.rule})`;
}

function labelled(
  words: string,
  text: string,
  { prose, paint }: Page,
  colour: (text: string) => string = paint.faint,
): readonly string[] {
  const margin = ' '.repeat(label + 2);
  const head = `  ${colour(words)}${' '.repeat(label - words.length)}`;
  return wrap(text, prose - margin.length).map((line, at) => (at === 0 ? head : margin) + line);
}

/** The walk in a line, for a chat. */
export function walkLine({ symptom, steps }: Walk): string {
  const results = steps.flatMap((step) => step.results);
  const number = (state: WalkedResult['state']) => results.filter((result) => result.state === state).length;
  const causes = results.filter(({ state }) => state === 'ruled in').map(({ seen }) => plainWords(seen));
  const found = causes.length === 0 ? '' : `: ${listed(causes, 2)}`;
  return `${plainWords(symptom)}: ${number('ruled in')} of ${counted(results.length, 'cause')} ruled in${found}; ${number('ruled out')} ruled out, ${number('not judged')} not judged`;
}
