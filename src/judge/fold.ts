import type { Place } from '../evidence/place.ts';
import { groupBy } from '../model/grouping.ts';
import type { Finding } from './finding.ts';
import { reaches } from './order.ts';
import type { AnyRule } from './rule.ts';
import { findingsByLine } from './shared-line.ts';

/**
 * Puts each finding under the finding that explains it: about the same subject, or showing the same word, by a rule that
 * its own rule `follows`. A cause about a host explains what follows from it anywhere on that host, and where the host
 * takes part. A wrong virtual router id also hides the peer's adverts, so what follows from it is told once, under the
 * cause. A cause is at least as grave as what it hides, and rules that follow each other in a circle hide nothing.
 */
export function foldConsequences(findings: readonly Finding[], rules: readonly AnyRule[]): Finding[] {
  const causes = new Map<Finding, Finding>();
  foldFollowers(findings, new Map(rules.map((rule) => [rule.id, rule.follows ?? []])), causes);
  foldComparisons(findings, new Set(rules.filter(({ compares }) => compares).map(({ id }) => id)), causes);
  if (causes.size === 0) return [...findings];
  const folded = groupBy(
    findings.filter((finding) => causes.has(finding)),
    (finding) => causes.get(finding),
  );
  const whole = (finding: Finding): Finding => ({ ...finding, also: (folded.get(finding) ?? []).map(whole) });
  return findings
    .filter((finding) => !causes.has(finding))
    .map((finding) => (folded.has(finding) ? whole(finding) : finding));
}

/** Each finding with what explains it. */
type Causes = Map<Finding, Finding>;

function foldFollowers(
  findings: readonly Finding[],
  follows: ReadonlyMap<string, readonly string[]>,
  causes: Causes,
): void {
  const named = new Set([...follows.values()].flat());
  const causesAt = new Map<string, Finding>();
  for (const finding of findings) {
    if (!named.has(finding.rule)) continue;
    for (const key of namesOf(finding)) {
      const known = causesAt.get(key);
      if (known === undefined || !reaches(known.severity, finding.severity)) causesAt.set(key, finding);
    }
  }
  for (const finding of findings) {
    const cause = follows
      .get(finding.rule)
      ?.filter((rule) => rule !== finding.rule)
      .flatMap((rule) => causesOf(finding, rule))
      .map((key) => causesAt.get(key))
      .find((found) => found !== undefined && reaches(found.severity, finding.severity));
    if (cause !== undefined && !leadsBack(cause, finding, causes)) causes.set(finding, cause);
  }
}

/** What differs is wrong on one side: what is said of that line itself goes before, unless the difference is graver. */
function foldComparisons(findings: readonly Finding[], compares: ReadonlySet<string>, causes: Causes): void {
  const comparisons = findings.filter((finding) => compares.has(finding.rule) && !causes.has(finding));
  if (comparisons.length === 0) return;
  const findingsAt = findingsByLine(findings.filter(({ rule }) => !compares.has(rule)));
  for (const comparison of comparisons) {
    const others = [comparison, ...comparison.related].flatMap(({ at }) => findingsAt(at));
    const cause = others.find(({ severity }) => reaches(severity, comparison.severity));
    if (cause !== undefined && !leadsBack(cause, comparison, causes)) causes.set(comparison, cause);
    if (cause !== undefined) continue;
    for (const other of others)
      if (!causes.has(other) && !leadsBack(comparison, other, causes)) causes.set(other, comparison);
  }
}

/** What a finding is known by as a cause: what it is about, and the words that it shows. */
function namesOf(finding: Finding): readonly string[] {
  return [finding.subject, ...placesOf(finding)].map((name) => `${finding.rule}\n${name}`);
}

/** What the cause of a finding may be known by, if this rule tells it. */
function causesOf(finding: Finding, rule: string): readonly string[] {
  const { subject, host, involves = [] } = finding;
  return [subject, ...placesOf(finding), host, ...involves].map((name) => `${rule}\n${name}`);
}

function placesOf({ at, related }: Finding): readonly string[] {
  return [at, ...related.slice(0, MOST_PLACES).map((other) => other.at)].map(placeName);
}

/** What one line has many times may have thousands of places. */
const MOST_PLACES = 8;

function placeName({ source, range }: Place): string {
  return `${source.host}\n${source.name}\n${range.start}\n${range.end}`;
}

/** Whether a cause is itself explained, at some remove, by what it would explain. */
function leadsBack(cause: Finding, finding: Finding, causes: ReadonlyMap<Finding, Finding>): boolean {
  for (let next: Finding | undefined = cause; next !== undefined; next = causes.get(next))
    if (next === finding) return true;
  return false;
}
