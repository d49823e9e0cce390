import { spanOf } from '../evidence/frame.ts';
import type { Finding, Severity } from '../judge/finding.ts';
import type { Reporter } from './context.ts';
import { fingerprintsFor } from './json.ts';
import { maskMessage, sourcesOf } from './mask.ts';
import { pathOf } from './path.ts';
import { safeJson } from './sanitize.ts';
import { shownOf } from './text.ts';

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/** For GitLab's merge requests: a Code Quality report, as docs.gitlab.com describes it under "Code Quality report format". */
export const gitlab: Reporter = (verdict, context) => {
  const fingerprints = fingerprintsFor(verdict);
  const asData = (finding: Finding): object => {
    const { rule, severity, at, message, why, remedy } = finding;
    const words = (text: string) => maskMessage(text, sourcesOf(finding));
    const { line, endLine } = spanOf(at);
    return {
      description: words(message),
      check_name: rule,
      fingerprint: fingerprints.get(finding),
      severity: SEVERITY[severity],
      location: { path: pathOf(at.source, context.root), lines: { begin: line, end: endLine } },
      content: { body: `${words(why)}\n\n${words(remedy)}` },
    };
  };
  return `${safeJson(shownOf(verdict.findings, context).map(asData))}\n`;
};
