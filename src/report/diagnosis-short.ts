import type { Finding } from '../judge/finding.ts';
import type { DiagnosisReporter } from './context.ts';
import { shorten } from './sanitize.ts';
import { shownOf } from './text.ts';
import { verdictLine } from './verdict-line.ts';
import { walkLine } from './walk.ts';
import { plainWords, wordsOf } from './words.ts';

/** As much as stays readable in the list of a chat. */
const longest = 160;
const mostLines = 12;

/** For a chat: how it stands, then a line for each root cause. */
export const diagnosisShort: DiagnosisReporter = (verdict, context) => {
  const { diagnosis, walk } = context;
  const all = diagnosis.sections.flatMap(({ parts }) => parts.flatMap((part) => part.findings));
  const wanted =
    walk && new Set(walk.steps.flatMap(({ results }) => results.flatMap((each) => each.findings)));
  const findings = all.filter((finding) => wanted === undefined || wanted.has(finding));
  const causes = shownOf(findings, context);
  const hidden = causes.length - mostLines;
  const shown = hidden > 1 ? causes.slice(0, mostLines) : causes;
  const lines = [
    verdictLine(diagnosis, verdict),
    ...(walk === undefined ? [] : [walkLine(walk)]),
    ...shown.map(causeLine),
    ...(hidden > 1 ? [`and ${hidden} more`] : []),
  ];
  return lines.map((line) => `${shorten(line, longest)}\n`).join('');
};

/** A finding in a line that fits a chat. */
export function causeLine(finding: Finding): string {
  const { severity, host, rule, also } = finding;
  const more = also.length === 0 ? '' : `, ${also.length} more follow${also.length === 1 ? 's' : ''}`;
  const head = `${severity} ${plainWords(host)}: `;
  const tail = ` (${rule}${more})`;
  return (
    head +
    shorten(wordsOf(finding, finding.message), Math.max(longest - head.length - tail.length, 40)) +
    tail
  );
}
