import { joinedFix } from '../evidence/fix.ts';
import type { Finding } from './finding.ts';
import { compareFindings } from './order.ts';

/** One file that serves two hosts says each thing once; what is the same stands side by side, as findings are sorted. */
export function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) {
    const before = kept.at(-1);
    if (before === undefined || compareFindings(before, finding) !== 0) kept.push(finding);
    else if (finding.also.length > 0) kept[kept.length - 1] = joined(before, [finding]);
  }
  return kept;
}

/**
 * Peers are written alike, so they share their mistakes. What is the same on several hosts is one finding at the
 * first of them, with the other places beside it.
 */
export function mergeHosts(findings: readonly Finding[]): readonly Finding[] {
  const [first] = findings;
  if (findings.every(({ host }) => host === first?.host)) return findings;
  const merged = new Map<string, { finding: Finding; same: Finding[] }>();
  const times = new Map<string, number>();
  for (const finding of findings) {
    const { rule, severity, message, remedy } = finding;
    const words = [message, remedy].map((text) => anonymous(text, finding.host));
    const what = [rule, severity, withoutHost(finding), ...words].join('\n');
    // Where a host has it twice, its peers' first is the same as its first, and their second as its second.
    const time = (times.get(`${finding.host}\n${what}`) ?? 0) + 1;
    times.set(`${finding.host}\n${what}`, time);
    const known = merged.get(`${time}\n${what}`);
    if (known === undefined) merged.set(`${time}\n${what}`, { finding, same: [] });
    else known.same.push(finding);
  }
  return [...merged.values()].map(({ finding, same }) => {
    if (same.length === 0) return finding;
    const fix = joinedFix([finding, ...same].map((each) => each.fix));
    const related = [...finding.related, ...same.map(toRelated)];
    return { ...joined(finding, same), related, ...(fix !== undefined && { fix }) };
  });
}

/** A finding with what follows from it on other hosts, too. */
function joined(finding: Finding, others: readonly Finding[]): Finding {
  const also = [finding, ...others].flatMap((each) => each.also).sort(compareFindings);
  return { ...finding, also: mergeHosts(withoutRepeats(also)) };
}

/** A text that names its own host, without the name: `rs1 answers ARP` and `rs2 answers ARP` say the same. */
function anonymous(text: string, host: string): string {
  // A host called 1 is no reason to take numbers for names.
  if (/^\d*$/.test(host) || !text.includes(host)) return text;
  return text
    .split(' ')
    .map((word) => (word.replace(/[:,;]$/, '') === host ? word.slice(host.length) : word))
    .join(' ');
}

/** What a finding is about, whichever host it is on. */
export function withoutHost({ subject, host }: Pick<Finding, 'subject' | 'host'>): string {
  if (subject === host) return '';
  return subject.startsWith(`${host}/`) ? subject.slice(host.length + 1) : subject;
}

function toRelated({ at, host }: Finding) {
  return { at, message: `the same on ${host}` };
}
