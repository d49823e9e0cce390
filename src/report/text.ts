import { spanOf } from '../evidence/frame.ts';
import type { Finding } from '../judge/finding.ts';
import { closing } from './closing.ts';
import type { ReportContext, Reporter } from './context.ts';
import { drawFrames } from './frames.ts';
import { createPaint, type Paint } from './paint.ts';
import { sanitize } from './sanitize.ts';
import { nameOf, plainWords, wordsOf } from './words.ts';
import { proseWidth, usableWidth, wrap } from './wrap.ts';

const severityColumn = 'warning  '.length;
const mostConsequences = 8;

/** For people: every finding with its lines, why and what to do; then what could not be judged, and one line of counts. */
export const text: Reporter = (verdict, context) => {
  const page = newPage(context);
  const shown = shownOf(verdict.findings, context);
  return [...shown.map((finding) => drawFinding(finding, page)), closing(verdict, context)].join('\n');
};

/** What a reader gets to see: advice only who asks for it. */
export function shownOf(findings: readonly Finding[], { advice }: ReportContext): readonly Finding[] {
  return findings.filter(({ severity }) => advice || severity !== 'info');
}

/** A page on which nothing has been said yet. */
export function newPage({ colour, width }: ReportContext): Page {
  return {
    paint: createPaint(colour),
    width: usableWidth(width),
    prose: proseWidth(width),
    said: new Set(),
  };
}

/** What the findings of one report share. */
export interface Page {
  readonly paint: Paint;
  readonly width: number;
  readonly prose: number;
  /** What a reader has been told already, by rule. */
  readonly said: Set<string>;
}

/** One finding: heading, lines of text, why, what to do and what follows from it. */
export function drawFinding(finding: Finding, page: Page): string {
  const lines = [
    ...heading(finding, page),
    '',
    ...drawFrames(finding, page.paint, page.width),
    '',
    ...advice(finding, page),
    ...consequences(finding, page),
  ];
  return `${lines.join('\n')}\n`;
}

function heading(finding: Finding, { paint, prose }: Page): readonly string[] {
  const { severity, rule, host } = finding;
  const margin = ' '.repeat(severityColumn);
  const signal = paint.severity[severity](severity) + ' '.repeat(severityColumn - severity.length);
  const message = wrap(wordsOf(finding, finding.message), prose - severityColumn);
  const under = wrap(`${sanitize(host)}  ${rule}`, prose - severityColumn);
  return [
    ...message.map((line, at) => (at === 0 ? signal : margin) + paint.strong(line)),
    ...under.map((line) => margin + paint.faint(line)),
  ];
}

/** Why and what to do. Many findings of one rule tell it once, and then only where it stands. */
function advice(finding: Finding, page: Page): readonly string[] {
  const { rule, why, remedy } = finding;
  const firstTime = (words: string) => !page.said.has(`${rule} ${words}`);
  const fix = firstTime(remedy) ? wordsOf(finding, remedy) : `as for the first ${rule} above`;
  const lines = [
    ...(firstTime(why) ? labelled('why', wordsOf(finding, why), page) : []),
    ...labelled('fix', fix, page),
    ...repairNote(finding, page),
  ];
  page.said.add(`${rule} ${why}`).add(`${rule} ${remedy}`);
  return lines;
}

/** That `lint --fix` can do it, and what it writes. */
function repairNote(finding: Finding, page: Page): readonly string[] {
  if (finding.fix === undefined) return [];
  const { title, safety } = finding.fix;
  const option = safety === 'safe' ? '--fix' : '--fix --unsafe';
  return labelled('auto', `${wordsOf(finding, title)} (${option})`, page);
}

function consequences(finding: Finding, page: Page): readonly string[] {
  const all = everything(finding);
  const hidden = all.length - mostConsequences;
  const shown = hidden > 1 ? all.slice(0, mostConsequences) : all;
  const notes = shown.map((also) => alsoLine(finding, also));
  if (hidden > 1) notes.push(`${hidden} more that follow from this`);
  return notes.flatMap((note) => labelled('also', note, page));
}

/** What follows from a finding, and what follows from that. */
function everything(finding: Finding): readonly Finding[] {
  return finding.also.flatMap((also) => [also, ...everything(also)]);
}

function labelled(label: string, words: string, { paint, prose }: Page): readonly string[] {
  const head = `  ${label}:`.padEnd(8);
  const lines = wrap(words, prose - head.length);
  const painted = label === 'fix' ? paint.strong(head) : paint.faint(head);
  return lines.map((line, at) => (at === 0 ? painted : ' '.repeat(head.length)) + line);
}

function alsoLine(cause: Finding, also: Finding): string {
  const { line } = spanOf(also.at);
  const host = also.host === cause.host ? '' : `${sanitize(also.host)}: `;
  return `${host}${wordsOf(also, also.message)} (${nameOf(also.at.source)}:${line}, ${plainWords(also.rule)})`;
}
