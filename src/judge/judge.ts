import type { Gap } from '../evidence/evidence.ts';
import type { Fix } from '../evidence/fix.ts';
import type { Source } from '../evidence/source.ts';
import type { Cluster, Host, Part } from '../model/cluster.ts';
import { remembered } from '../model/memory.ts';
import type { BrokenRule, Finding, NotJudged, Severity, Verdict } from './finding.ts';
import { foldConsequences } from './fold.ts';
import { mergeHosts, withoutRepeats } from './merge.ts';
import { compareFindings } from './order.ts';
import type { AnyRule, Report } from './rule.ts';
import { ruleOnHosts, type SettingsOfRules } from './rule-settings.ts';

/** What the user's settings say about rules, and whether a broken rule may be survived (tests say no). */
export interface JudgeOptions {
  readonly settings?: SettingsOfRules;
  readonly rethrow?: boolean;
}

/** Lets every rule look at the cluster. A rule that throws is noted as broken; the others are heard all the same. */
export function judge(
  cluster: Cluster,
  rules: readonly AnyRule[],
  gaps: readonly Gap[],
  options: JudgeOptions = {},
): Verdict {
  const findings: Finding[] = [];
  const notJudged: NotJudged[] = [];
  const broken: BrokenRule[] = [];
  const judged = new Map<string, ReadonlySet<string>>();
  for (const rule of rules) {
    const ruleOn = ruleOnHosts(rule, options.settings ?? {});
    const isOff = (host: Host) => ruleOn(host).severity === 'off';
    // Where a rule is off on some hosts only, it still sees them: what it says of the others may depend on them.
    const hosts = cluster.hosts.filter((host) => sees(rule, host, isOff(host) ? [] : notJudged));
    if (hosts.every(isOff)) continue;
    const report = reportOf(rule, (host) => ruleOn(host).severity, findings, notJudged);
    try {
      rule.check({ hosts, whole: cluster }, report, (host) => ruleOn(host).thresholds);
      judged.set(rule.id, new Set(hosts.filter((host) => !isOff(host)).map(({ name }) => name)));
    } catch (error) {
      if (options.rethrow) throw error;
      broken.push({ rule: rule.id, error });
    }
  }
  return {
    findings: mergeHosts(withoutRepeats(foldConsequences(findings.sort(compareFindings), rules))),
    ignored: [],
    notJudged: distinct(notJudged, ({ rule, host, why }) => `${rule}\n${host}\n${why}`),
    judged,
    gaps,
    broken,
  };
}

function sees(rule: AnyRule, host: Host, notJudged: NotJudged[]): boolean {
  let all = true;
  for (const part of rule.needs as readonly Part[]) {
    const partial = rule.evenIfPartial ? undefined : host.partial.get(part);
    const why = host[part] === undefined ? host.unseen.get(part) : partial;
    if (why !== undefined) notJudged.push({ rule: rule.id, host: host.name, why });
    if (host[part] === undefined || partial !== undefined) all = false;
  }
  return all;
}

function reportOf(
  rule: AnyRule,
  severityOn: (host: Host) => Severity | 'off' | undefined,
  findings: Finding[],
  notJudged: NotJudged[],
): Report {
  const report = (said: Parameters<Report>[0]) => {
    const { host, about, at, message, related, involves = [], severity, remedy, why, fix } = said;
    const wanted = severityOn(host);
    if (wanted === 'off') return;
    const told = said.toldByKeepalived ?? rule.toldByKeepalived ?? false;
    const { place } = at;
    const others = involves.flatMap((other) => other?.id ?? []);
    findings.push({
      rule: rule.id,
      severity: wanted ?? severity ?? rule.severity,
      host: host.name,
      message,
      at: place,
      related: [
        ...(related ?? []).flatMap((other) =>
          other.at === undefined ? [] : [{ at: other.at.place, message: other.message }],
        ),
        ...(place.from ?? []),
      ],
      why: why ?? rule.why,
      remedy: remedy ?? rule.remedy,
      ...(fix !== undefined && isFeasible(fix) && { fix }),
      subject: about.id,
      ...(others.length > 0 && { involves: others }),
      ...(told && place.source.format === 'keepalived.conf' && { toldByKeepalived: true }),
      also: [],
    });
  };
  return Object.assign(report, {
    notJudged: (host: Host, why: string) => {
      if (severityOn(host) !== 'off') notJudged.push({ rule: rule.id, host: host.name, why });
    },
  });
}

function isFeasible({ edits }: Fix): boolean {
  return edits.every(({ source }) => isChangeable(source));
}

/** Only files can be changed, and of a text with bytes that are not UTF-8 nobody knows how to write them again. */
const isChangeable = remembered(
  ({ basis, origin, text }: Source) =>
    basis === 'written' && origin.kind === 'file' && !text.includes('\ufffd'),
);

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
