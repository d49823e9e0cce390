import type { Fix } from '../evidence/fix.ts';
import { spanOf } from '../evidence/frame.ts';
import type { Place } from '../evidence/place.ts';
import type { Finding, Verdict } from '../judge/finding.ts';
import { fingerprintsOf } from '../judge/fingerprint.ts';
import { countsOf } from './closing.ts';
import type { ReportContext, Reporter } from './context.ts';
import { maskMessage, maskSecrets, sourcesOf } from './mask.ts';
import { safeJson } from './sanitize.ts';
import { errorText } from './words.ts';

/** Raised when a field changes its meaning or goes away; new fields may come without. */
const schemaVersion = 1;

/** For programs: everything that the judge said, advice included, as `docs/report.schema.json` describes it. */
export const json: Reporter = (verdict, context) => `${safeJson(reportAsData(verdict, context))}\n`;

/** The names that the report gives to findings. */
export function fingerprintsFor({ findings, ignored }: Verdict): ReadonlyMap<Finding, string> {
  // Those that are reported come first: that the same is ignored on a peer must not rename them.
  return fingerprintsOf([...findings, ...ignored.map(({ finding }) => finding)], shownMessage);
}

/** The report as data. */
export function reportAsData(verdict: Verdict, context: ReportContext) {
  const fingerprints = fingerprintsFor(verdict);
  const asData = (finding: Finding): object => ({
    ...findingAsData(finding),
    fingerprint: fingerprints.get(finding),
    also: finding.also.map(asData),
  });
  const ignored = verdict.ignored.map(({ finding, by, reason, at }) => ({
    by,
    reason: maskSecrets(reason),
    ...(at && { at: placeAsData(at) }),
    finding: asData(finding),
  }));
  return {
    schemaVersion,
    tool: { name: 'lvsdoctor', version: context.version },
    summary: summaryOf(verdict, context),
    findings: verdict.findings.map(asData),
    ignored,
    notJudged: verdict.notJudged.map(({ rule, host, why }) => ({ rule, host, why })),
    gaps: verdict.gaps.map(({ host, format, name, why }) => ({ host, format, name, why })),
    broken: verdict.broken.map(({ rule, error }) => ({ rule, error: errorText(error) })),
  };
}

function summaryOf(verdict: Verdict, { hosts }: ReportContext) {
  const { error, warning, info } = countsOf(verdict);
  return {
    errors: error,
    warnings: warning,
    info,
    ignored: verdict.ignored.length,
    notJudged: verdict.notJudged.length,
    gaps: verdict.gaps.length,
    broken: verdict.broken.length,
    hosts: hosts.map(({ name, roles, files }) => ({ name, roles, files })),
  };
}

function findingAsData(finding: Finding): object {
  const sources = sourcesOf(finding);
  return {
    rule: finding.rule,
    severity: finding.severity,
    host: finding.host,
    message: shownMessage(finding),
    place: placeAsData(finding.at),
    related: finding.related.map(({ at, message }) => ({
      message: maskMessage(message, sources),
      place: placeAsData(at),
    })),
    why: maskMessage(finding.why, sources),
    remedy: maskMessage(finding.remedy, sources),
    ...(finding.fix && { fix: fixAsData(finding.fix) }),
    subject: finding.subject,
    ...(finding.toldByKeepalived && { toldByKeepalived: true }),
  };
}

/** Text with a secret in it would be masked, and a masked edit would spoil the file: such a fix is named only. */
function fixAsData({ title, safety, edits }: Fix): object {
  const sources = new Set(edits.map(({ source }) => source));
  const isPlain = edits.every(({ text }) => maskMessage(text, sources) === text);
  return {
    title: maskMessage(title, sources),
    safety,
    ...(isPlain && { edits: edits.map((edit) => ({ place: placeAsData(edit), text: edit.text })) }),
  };
}

function shownMessage(finding: Finding): string {
  return maskMessage(finding.message, sourcesOf(finding));
}

function placeAsData(place: Place) {
  const { name, host, origin } = place.source;
  return { file: name, from: origin.kind, host, ...spanOf(place) };
}
