import type { Finding } from './finding.ts';
import type { AnyRule } from './rule.ts';

/**
 * Puts each finding under the finding that explains it: same subject, a rule that its own rule `follows`.
 * A wrong virtual router id also hides the peer's adverts, so what follows from it is told once, under the cause.
 */
export function foldConsequences(findings: readonly Finding[], rules: readonly AnyRule[]): Finding[] {
  const follows = new Map(
    rules.filter(({ follows }) => follows !== undefined).map((rule) => [rule.id, rule.follows ?? []]),
  );
  if (follows.size === 0) return [...findings];
  const bySubject = new Map<string, Finding[]>();
  for (const finding of findings) {
    const others = bySubject.get(finding.subject);
    if (others === undefined) bySubject.set(finding.subject, [finding]);
    else others.push(finding);
  }
  const folded = new Map<Finding, Finding[]>();
  const hidden = new Set<Finding>();
  for (const finding of findings) {
    const causes = follows.get(finding.rule);
    const cause =
      causes &&
      bySubject.get(finding.subject)?.find(({ rule }) => rule !== finding.rule && causes.includes(rule));
    if (cause === undefined) continue;
    hidden.add(finding);
    const list = folded.get(cause);
    if (list === undefined) folded.set(cause, [finding]);
    else list.push(finding);
  }
  const whole = (finding: Finding): Finding => ({ ...finding, also: (folded.get(finding) ?? []).map(whole) });
  return findings
    .filter((finding) => !hidden.has(finding))
    .map((finding) => (folded.has(finding) ? whole(finding) : finding));
}
