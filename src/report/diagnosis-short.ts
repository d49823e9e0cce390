import type { Finding } from '../judge/finding.ts';
import type { DiagnosisReporter } from './context.ts';
import { shorten } from './sanitize.ts';
import { shownOf } from './text.ts';
import { verdictLine } from './verdict-line.ts';
import { plainWords, wordsOf } from './words.ts';

/** As much as stays readable in the list of a chat. */
const longest = 160;
const mostLines = 12;

/** For a chat: how it stands, then a line for each root cause. */
export const diagnosisShort: DiagnosisReporter = (verdict, context) => {
  const { diagnosis } = context;
  const findings = diagnosis.sections.flatMap(({ parts }) => parts.flatMap((part) => part.findings));
  const causes = shownOf(findings, context);
  const hidden = causes.length - mostLines;
  const shown = hidden > 1 ? causes.slice(0, mostLines) : causes;
  const lines = [
    verdictLine(diagnosis, verdict),
    ...shown.map(causeLine),
    ...(hidden > 1 ? [`and ${hidden} more`] : []),
  ];
  return lines.map((line) => `${shorten(line, longest)}\n`).join('');
};

function causeLine(finding: Finding): string {
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
