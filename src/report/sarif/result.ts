import type { Fix } from '../../evidence/fix.ts';
import type { Source } from '../../evidence/source.ts';
import type { Finding, IgnoredFinding, Severity } from '../../judge/finding.ts';
import { maskMessage, maskSecrets, sourcesOf } from '../mask.ts';
import { type Artifacts, physicalLocation, regionOf } from './location.ts';

/** What is the same for all results of a log. */
export interface Log {
  readonly artifacts: Artifacts;
  readonly fingerprints: ReadonlyMap<Finding, string>;
  /** The place of each rule in `tool.driver.rules`. */
  readonly ruleIndexes: ReadonlyMap<string, number>;
}

/** `result.level` (SARIF 2.1.0, 3.27.10) */
export const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** `result` (3.27); one that somebody has answered for carries the answer as its suppression. */
export function resultOf(finding: Finding, log: Log, ignored?: IgnoredFinding): object {
  const { artifacts, fingerprints, ruleIndexes } = log;
  const { rule, severity, host, at, subject, fix } = finding;
  const sources = sourcesOf(finding);
  const ruleIndex = ruleIndexes.get(rule);
  const related = relatedOf(finding, artifacts);
  const edits = fix && fixOf(fix, artifacts);
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: LEVEL[severity],
    message: { text: maskMessage(finding.message, sources) },
    locations: [
      {
        physicalLocation: physicalLocation(at, artifacts),
        logicalLocations: [{ name: host, fullyQualifiedName: subject }],
      },
    ],
    ...(related.length > 0 && { relatedLocations: related }),
    // Of what is said of what, without lines: src/judge/fingerprint.ts.
    partialFingerprints: { 'lvsdoctor/v1': fingerprints.get(finding) },
    ...(edits && { fixes: [edits] }),
    ...(ignored && { suppressions: [suppressionOf(ignored, artifacts)] }),
    properties: {
      host,
      why: maskMessage(finding.why, sources),
      remedy: maskMessage(finding.remedy, sources),
      ...(finding.toldByKeepalived && { toldByKeepalived: true }),
    },
  };
}

/** The places that explain a finding, then those of what follows from it. */
function relatedOf(finding: Finding, artifacts: Artifacts): readonly object[] {
  const sources = sourcesOf(finding);
  const explaining = finding.related.map(({ at, message }) => ({
    at,
    text: maskMessage(message, sources) || `see also ${at.source.name}`,
  }));
  const following = consequencesOf(finding).map((also) => ({
    at: also.at,
    text: `follows from this: ${maskMessage(also.message, sourcesOf(also))} (${also.rule})`,
  }));
  return [...explaining, ...following].map(({ at, text }, id) => ({
    id,
    physicalLocation: physicalLocation(at, artifacts),
    message: { text },
  }));
}

function consequencesOf({ also }: Finding): readonly Finding[] {
  return also.flatMap((each) => [each, ...consequencesOf(each)]);
}

/** `fix` (3.55). Text with a secret in it would be masked, and a masked edit would spoil the file: no such fix is given. */
function fixOf({ title, safety, edits }: Fix, artifacts: Artifacts): object | undefined {
  const bySource = new Map<Source, Fix['edits'][number][]>();
  for (const edit of edits) {
    const own = bySource.get(edit.source) ?? [];
    bySource.set(edit.source, own);
    own.push(edit);
  }
  const sources = [...bySource.keys()];
  if (edits.some(({ text }) => maskMessage(text, sources) !== text)) return undefined;
  return {
    description: { text: maskMessage(title, sources) },
    artifactChanges: [...bySource].map(([source, own]) => ({
      artifactLocation: artifacts.locationOf(source),
      replacements: own.map((edit) => ({
        deletedRegion: regionOf(edit),
        ...(edit.text !== '' && { insertedContent: { text: edit.text } }),
      })),
    })),
    properties: { safety },
  };
}

/** `suppression` (3.35): a comment stands in the file, a baseline beside it. */
function suppressionOf({ by, reason, at }: IgnoredFinding, artifacts: Artifacts): object {
  return {
    kind: by === 'comment' ? 'inSource' : 'external',
    status: 'accepted',
    ...(reason !== '' && { justification: maskSecrets(reason) }),
    ...(at && { location: { physicalLocation: physicalLocation(at, artifacts) } }),
  };
}
