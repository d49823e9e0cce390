import type { Finding } from './finding.ts';
import { reaches } from './order.ts';
import type { AnyRule } from './rule.ts';

/**
 * Puts each finding under the finding that explains it: same subject or same place, a rule that its own rule `follows`.
 * A wrong virtual router id also hides the peer's adverts, so what follows from it is told once, under the cause. A cause
 * is at least as grave as what it hides, and rules that follow each other in a circle hide nothing.
 */
export function foldConsequences(findings: readonly Finding[], rules: readonly AnyRule[]): Finding[] {
  const follows = new Map(rules.map((rule) => [rule.id, rule.follows ?? []]));
  const named = new Set([...follows.values()].flat());
  if (named.size === 0) return [...findings];
  const causesAt = new Map<string, Finding>();
  for (const finding of findings) {
    if (!named.has(finding.rule)) continue;
    for (const key of keysOf(finding, finding.rule)) {
      const known = causesAt.get(key);
      if (known === undefined || !reaches(known.severity, finding.severity)) causesAt.set(key, finding);
    }
  }
  const causes = new Map<Finding, Finding>();
  const folded = new Map<Finding, Finding[]>();
  for (const finding of findings) {
    const cause = follows
      .get(finding.rule)
      ?.filter((rule) => rule !== finding.rule)
      .flatMap((rule) => keysOf(finding, rule))
      .map((key) => causesAt.get(key))
      .find((found) => found !== undefined && reaches(found.severity, finding.severity));
    if (cause === undefined || leadsBack(cause, finding, causes)) continue;
    causes.set(finding, cause);
    const list = folded.get(cause);
    if (list === undefined) folded.set(cause, [finding]);
    else list.push(finding);
  }
  const whole = (finding: Finding): Finding => ({ ...finding, also: (folded.get(finding) ?? []).map(whole) });
  return findings
    .filter((finding) => !causes.has(finding))
    .map((finding) => (folded.has(finding) ? whole(finding) : finding));
}

/** What a finding shares with its cause, by the cause's rule: what it is about, or the word that it points at. */
function keysOf({ subject, at: { source, range } }: Finding, rule: string): readonly string[] {
  return [`${rule}\n${subject}`, `${rule}\n${source.host}\n${source.name}\n${range.start}\n${range.end}`];
}

/** Whether a cause is itself explained, at some remove, by what it would explain. */
function leadsBack(cause: Finding, finding: Finding, causes: ReadonlyMap<Finding, Finding>): boolean {
  for (let next: Finding | undefined = cause; next !== undefined; next = causes.get(next))
    if (next === finding) return true;
  return false;
}
