import { spanOf } from '../evidence/frame.ts';
import type { Finding } from '../judge/finding.ts';
import type { Reporter } from './context.ts';
import { shownOf } from './text.ts';
import { nameOf, wordsOf } from './words.ts';

/** For editors: `file:line:column: severity: message [rule]`, a line a finding, as gcc prints it, and nothing else. */
export const short: Reporter = (verdict, context) => {
  const lines = shownOf(verdict.findings, context).map((finding) => {
    const { line, column } = spanOf(finding.at);
    const message = wordsOf(finding, finding.message) + definitionsOf(finding);
    return `${nameOf(finding.at.source)}:${line}:${column}: ${finding.severity}: ${message} [${finding.rule}]\n`;
  });
  return lines.join('');
};

/** Where the words come from that a definition put in: the line that an editor jumps to only uses them. */
function definitionsOf(finding: Finding): string {
  const { from = [] } = finding.at;
  const places = from.slice(0, MOST_DEFINITIONS).map(({ at, message }) => {
    const { line, column } = spanOf(at);
    return `${wordsOf(finding, message)}: ${nameOf(at.source)}:${line}:${column}`;
  });
  return places.length === 0 ? '' : ` (${places.join(', ')})`;
}

const MOST_DEFINITIONS = 3;
