import type { Finding } from './finding.ts';
import type { AnyRule } from './rule.ts';

/**
 * Puts each finding under the finding that explains it: same subject or same place, a rule that its own rule `follows`.
 * A wrong virtual router id also hides the peer's adverts, so what follows from it is told once, under the cause.
 */
export function foldConsequences(findings: readonly Finding[], rules: readonly AnyRule[]): Finding[] {
  const follows = new Map(
    rules.filter(({ follows }) => follows !== undefined).map((rule) => [rule.id, rule.follows ?? []]),
  );
  if (follows.size === 0) return [...findings];
  const named = new Set([...follows.values()].flat());
  const causesAt = new Map<string, Finding>();
  for (const finding of findings) {
    if (!named.has(finding.rule)) continue;
    for (const key of keysOf(finding, finding.rule)) if (!causesAt.has(key)) causesAt.set(key, finding);
  }
  const folded = new Map<Finding, Finding[]>();
  const hidden = new Set<Finding>();
  for (const finding of findings) {
    const cause = follows
      .get(finding.rule)
      ?.filter((rule) => rule !== finding.rule)
      .flatMap((rule) => keysOf(finding, rule))
      .map((key) => causesAt.get(key))
      .find((found) => found !== undefined);
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

/** What a finding shares with its cause, by the cause's rule: what it is about, or the word that it points at. */
function keysOf({ subject, at: { source, range } }: Finding, rule: string): readonly string[] {
  return [`${rule}\n${subject}`, `${rule}\n${source.name}\n${range.start}\n${range.end}`];
}
