import { spanOf } from '../evidence/frame.ts';
import type { Finding, Severity } from '../judge/finding.ts';
import type { Reporter } from './context.ts';
import { pathOf } from './path.ts';
import { sanitize } from './sanitize.ts';
import { shownOf } from './text.ts';
import { nameOf, wordsOf } from './words.ts';

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** For GitHub Actions: a workflow command for each finding, which becomes an annotation at its line. */
export const github: Reporter = (verdict, context) =>
  shownOf(verdict.findings, context)
    .map((finding) => `${commandOf(finding, context.root)}\n`)
    .join('');

function commandOf(finding: Finding, root: string): string {
  const { severity, rule, at } = finding;
  const isFile = at.source.origin.kind === 'file';
  const properties = {
    ...(isFile && positionOf(finding, root)),
    title: `${rule} (${sanitize(finding.host)})`,
  };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${propertyText(String(value))}`);
  const words = [
    wordsOf(finding, finding.message),
    ...(isFile ? [] : [`${nameOf(at.source)}, line ${spanOf(at).line}`]),
    wordsOf(finding, finding.why),
    `fix: ${wordsOf(finding, finding.remedy)}`,
  ];
  return `::${COMMAND[severity]} ${written.join(',')}::${dataText(words.join('\n'))}`;
}

/** Columns count within one line only: of a place on several, the runner wants none. */
function positionOf({ at }: Finding, root: string): object {
  const { line, column, endLine, endColumn } = spanOf(at);
  const columns = line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {};
  return { file: sanitize(pathOf(at.source, root)), line, endLine, ...columns };
}

/** As the runner undoes it (actions/runner, ActionCommand.cs); what a terminal obeys is visible signs already. */
function dataText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function propertyText(text: string): string {
  return dataText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
