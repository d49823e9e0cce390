import { spanOf } from '../evidence/frame.ts';
import type { Finding } from '../judge/finding.ts';
import type { Reporter } from './context.ts';
import { pathOf } from './path.ts';
import { shownOf } from './text.ts';
import { wordsOf } from './words.ts';
import { type Element, xmlDocument } from './xml.ts';

/** For whatever reads the reports of Checkstyle: findings by file, as its XMLLogger writes them. */
export const checkstyle: Reporter = (verdict, context) => {
  const byFile = new Map<string, Element[]>();
  for (const finding of shownOf(verdict.findings, context)) {
    const path = pathOf(finding.at.source, context.root);
    const errors = byFile.get(path) ?? [];
    byFile.set(path, errors);
    errors.push(errorOf(finding));
  }
  const content = [...byFile].map(([name, errors]) => ({
    name: 'file',
    attributes: { name },
    content: errors,
  }));
  return xmlDocument({ name: 'checkstyle', attributes: { version: '10.0' }, content });
};

function errorOf(finding: Finding): Element {
  const { line, column } = spanOf(finding.at);
  const message = `${wordsOf(finding, finding.message)}\nfix: ${wordsOf(finding, finding.remedy)}`;
  const { severity, rule: source } = finding;
  return { name: 'error', attributes: { line, column, severity, message, source } };
}
