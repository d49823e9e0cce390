import type { Gap } from '../evidence/evidence.ts';
import type { Fix } from '../evidence/fix.ts';
import type { Source } from '../evidence/source.ts';
import type { Cluster, Fault, Host, Part } from '../model/cluster.ts';
import { remembered } from '../model/memory.ts';
import type { BrokenRule, Finding, IgnoredFinding, NotJudged, Severity, Verdict } from './finding.ts';
import { foldConsequences } from './fold.ts';
import { ignoresInFiles } from './ignore.ts';
import { mergeHosts, withoutRepeats } from './merge.ts';
import { compareFindings } from './order.ts';
import type { AnyRule, Report } from './rule.ts';
import { ruleOnHosts, type SettingsOfRules } from './rule-settings.ts';
import type { Sieve } from './sieve.ts';

/** What the user's settings say about rules, and whether a broken rule may be survived (tests say no). */
export interface JudgeOptions {
  readonly settings?: SettingsOfRules;
  readonly rethrow?: boolean;
  /** What takes findings out, behind the comments in the files. */
  readonly sieves?: readonly Sieve[];
}

/** What is said, and what the files themselves answer for, before it is known what explains what. */
export type Told = Omit<Verdict, 'gaps'>;

/** Lets every rule look at the cluster, takes out what somebody answers for, and puts the rest in order. */
export function judge(
  cluster: Cluster,
  rules: readonly AnyRule[],
  gaps: readonly Gap[],
  options: JudgeOptions = {},
): Verdict {
  return conclude(cluster, listen(cluster, rules, options), rules, gaps, options);
}

/** Asks every rule, and heeds the comments in the files. */
export function listen(cluster: Cluster, rules: readonly AnyRule[], options: JudgeOptions = {}): Told {
  const heard = { ...hear(cluster, rules, options), ignored: [] };
  return sifted(cluster, heard, [ignoresInFiles(cluster, rules)], rules, options);
}

/** Puts what was told in order: causes before what follows from them, everything once. */
export function conclude(
  cluster: Cluster,
  told: Told,
  rules: readonly AnyRule[],
  gaps: readonly Gap[],
  options: JudgeOptions = {},
): Verdict {
  const { findings, ignored, notJudged, judged, broken } = sifted(
    cluster,
    told,
    options.sieves ?? [],
    rules,
    options,
  );
  const sorted = ignored.toSorted((one, other) => compareFindings(one.finding, other.finding));
  return {
    findings: mergeHosts(withoutRepeats(foldConsequences(findings, rules))),
    ignored: sorted.filter(({ finding }, at) => !isSame(sorted[at - 1]?.finding, finding)),
    notJudged: distinct(notJudged, ({ rule, host, why }) => `${rule}\n${host}\n${why}`),
    judged,
    gaps,
    broken,
  };
}

function sifted(
  cluster: Cluster,
  told: Told,
  sieves: readonly Sieve[],
  rules: readonly AnyRule[],
  options: JudgeOptions,
): Told {
  let { findings } = told;
  const ignored: IgnoredFinding[] = [...told.ignored];
  for (const sieve of sieves) {
    const {
      left,
      ignored: kept = [],
      faults = new Map(),
    } = sieve(findings, { ...told, hosts: cluster.hosts, rules });
    ignored.push(...kept);
    findings = faults.size === 0 ? left : [...left, ...complaints(cluster, faults, rules, options)];
    if (faults.size > 0) findings = findings.toSorted(compareFindings);
  }
  return { ...told, findings, ignored };
}

/** What all rules say, in the order of reports. A rule that throws is noted as broken; the others are heard all the same. */
function hear(cluster: Cluster, rules: readonly AnyRule[], options: JudgeOptions) {
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
  return { findings: findings.sort(compareFindings) as readonly Finding[], notJudged, judged, broken };
}

/** What the rules about faults say of those that came up behind all others. */
function complaints(
  { hosts, target }: Cluster,
  faults: ReadonlyMap<string, readonly Fault[]>,
  rules: readonly AnyRule[],
  options: JudgeOptions,
): readonly Finding[] {
  const cluster = { hosts: hosts.map((host) => ({ ...host, faults: faults.get(host.name) ?? [] })), target };
  return hear(
    cluster,
    rules.filter(({ needs }) => needs.length === 1 && needs[0] === 'faults'),
    options,
  ).findings;
}

function isSame(one: Finding | undefined, other: Finding): boolean {
  return one !== undefined && compareFindings(one, other) === 0;
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
