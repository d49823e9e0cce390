import type { Place } from '../evidence/place.ts';
import type { Fault } from '../model/cluster.ts';
import { append } from '../model/grouping.ts';
import type { Finding, IgnoredFinding } from './finding.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { mayFindMore } from './ignore.ts';
import type { Heard, Sieve } from './sieve.ts';

/** A finding that a team lives with for now, as its baseline file has it. */
export interface BaselineEntry {
  readonly rule: string;
  readonly host: string;
  /** As it was shown. */
  readonly message: string;
  readonly fingerprint: string;
  readonly reason?: string;
  /** The last day on which it counts: `2027-01-31`. */
  readonly expires?: string;
}

/** A part of a finding's text as a report shows it, without secrets. */
export interface Shown {
  message(finding: Finding): string;
  /** The line on which it stands. */
  line(finding: Finding): string;
}

/** What was read of a baseline, and what has to be known to hold findings against it. */
export interface Baseline {
  readonly entries: readonly (BaselineEntry & { readonly at: Place })[];
  /** `2026-11-20` */
  readonly today: string;
  /** All hosts were asked for: an entry for any other is stale. */
  readonly isWhole: boolean;
}

/** Lines are cut behind this: they are there to tell findings apart that say the same. */
const MOST_OF_LINE = 200;

/**
 * Names findings one by one, so that no finding can take the place of another: what a report shows of each, its host, and
 * the line that it points at, blanks apart.
 */
export function namesIn(findings: readonly Finding[], shown: Shown): ReadonlyMap<Finding, string> {
  return fingerprintsOf(findings, (finding) =>
    [
      finding.host,
      shown.message(finding),
      shown.line(finding).replaceAll(/\s+/g, ' ').trim().slice(0, MOST_OF_LINE),
    ].join('\n'),
  );
}

/** Takes out what a baseline lets through, and complains of entries that let nothing through any more. */
export function baselineSieve(baseline: Baseline, shown: Shown): Sieve {
  return (findings, heard) => {
    const names = namesIn(findings, shown);
    const entries = new Map(baseline.entries.map((entry) => [entry.fingerprint, entry]));
    const met = new Set<string>();
    const left: Finding[] = [];
    const ignored: IgnoredFinding[] = [];
    for (const finding of findings) {
      const entry = entries.get(names.get(finding) ?? '');
      if (entry !== undefined) met.add(entry.fingerprint);
      const { reason = '', expires, at } = entry ?? {};
      if (entry === undefined) left.push(finding);
      else if (expires === undefined || baseline.today <= expires)
        ignored.push({ finding, by: 'baseline', reason, ...(at && { at }) });
      else
        left.push({
          ...finding,
          related: [...finding.related, { at: entry.at, message: `let through up to ${expires}` }],
        });
    }
    const stale = baseline.entries.filter(({ fingerprint }) => !met.has(fingerprint));
    return { left, ignored, faults: faultsOf(stale, baseline, heard) };
  };
}

function faultsOf(
  stale: Baseline['entries'],
  { isWhole }: Baseline,
  heard: Heard,
): ReadonlyMap<string, readonly Fault[]> {
  const { hosts, rules } = heard;
  const mayFind = mayFindMore(hosts, new Map(rules.map((rule) => [rule.id, rule])), heard);
  const byName = new Map(hosts.map((host) => [host.name, host]));
  const faults = new Map<string, Fault[]>();
  for (const { rule, host: name, at } of stale) {
    const host = byName.get(name);
    const teller = host ?? (isWhole ? hosts[0] : undefined);
    if (teller === undefined || (host !== undefined && mayFind(rule, host))) continue;
    append(faults, teller.name, {
      kind: 'stale-baseline',
      message: `${name} no longer has what the baseline lets through: ${rule}`,
      at,
      family: name,
    });
  }
  return faults;
}

/** The findings as a baseline keeps them; what was said of them in an older one stays. */
export function entriesOf(
  findings: readonly Finding[],
  shown: Shown,
  older: readonly BaselineEntry[],
): readonly BaselineEntry[] {
  const names = namesIn(findings, shown);
  const known = new Map(older.map((entry) => [entry.fingerprint, entry]));
  const entries = findings.map((finding): BaselineEntry => {
    const fingerprint = names.get(finding) ?? '';
    const { reason, expires } = known.get(fingerprint) ?? {};
    return {
      rule: finding.rule,
      host: finding.host,
      message: shown.message(finding),
      fingerprint,
      ...(reason !== undefined && { reason }),
      ...(expires !== undefined && { expires }),
    };
  });
  const keyOf = ({ host, rule, message, fingerprint }: BaselineEntry) =>
    [host, rule, message, fingerprint].join('\n');
  return entries.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
