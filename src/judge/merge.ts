import type { Finding } from './finding.ts';

/**
 * Peers are written alike, so they share their mistakes. What is the same on several hosts is one finding at the
 * first of them, with the other places beside it.
 */
export function mergeHosts(findings: readonly Finding[]): readonly Finding[] {
  const [first] = findings;
  if (findings.every(({ host }) => host === first?.host)) return findings;
  const merged = new Map<string, { finding: Finding; hosts: Set<string>; same: Finding[] }>();
  const out: { finding: Finding; same: Finding[] }[] = [];
  for (const finding of findings) {
    const key = `${finding.rule}\n${finding.severity}\n${withoutHost(finding)}\n${finding.message}`;
    const known = merged.get(key);
    if (known !== undefined && !known.hosts.has(finding.host)) {
      known.hosts.add(finding.host);
      known.same.push(finding);
      continue;
    }
    const entry = { finding, hosts: new Set([finding.host]), same: [] };
    if (known === undefined) merged.set(key, entry);
    out.push(entry);
  }
  return out.map(({ finding, same }) =>
    same.length === 0 ? finding : { ...finding, related: [...finding.related, ...same.map(toRelated)] },
  );
}

/** What a finding is about, whichever host it is on. */
export function withoutHost({ subject, host }: Pick<Finding, 'subject' | 'host'>): string {
  if (subject === host) return '';
  return subject.startsWith(`${host}/`) ? subject.slice(host.length + 1) : subject;
}

function toRelated({ at, host }: Finding) {
  return { at, message: `the same on ${host}` };
}
