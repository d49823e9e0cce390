import { spanOf } from '../evidence/frame.ts';
import type { Reporter } from './context.ts';
import { nameOf, wordsOf } from './words.ts';

/** For editors: `file:line:column: severity: message [rule]`, a line a finding, as gcc prints it, and nothing else. */
export const short: Reporter = (verdict, context) => {
  const shown = verdict.findings.filter(({ severity }) => context.advice || severity !== 'info');
  const lines = shown.map((finding) => {
    const { line, column } = spanOf(finding.at);
    const message = wordsOf(finding, finding.message);
    return `${nameOf(finding.at.source)}:${line}:${column}: ${finding.severity}: ${message} [${finding.rule}]\n`;
  });
  return lines.join('');
};
