import type { Host } from '../model/cluster.ts';
import type { Severity } from './finding.ts';
import type { Mistake } from './rule.ts';

/** What a user says of a rule; whatever is left out stays as the rule has it. */
export interface RuleSetting {
  readonly severity?: Severity | 'off';
  readonly thresholds?: Readonly<Record<string, number>>;
}

/** By a rule's name, or by `topic/*` for all rules of a topic. */
export type RuleSettings = ReadonlyMap<string, RuleSetting>;

/** What holds for every host, and what holds for one: that counts before. */
export interface SettingsOfRules {
  readonly everywhere?: RuleSettings;
  readonly onHost?: ReadonlyMap<string, RuleSettings>;
}

/** A rule as it counts on one host. */
interface RuleOnHost {
  /** Undefined where the rule decides. */
  readonly severity: Severity | 'off' | undefined;
  readonly thresholds: Readonly<Record<string, number>>;
}

/** What the settings make of one rule. The narrower word wins: the host's before everyone's, the name's before the topic's. */
export function ruleOnHosts(
  rule: Mistake,
  { everywhere, onHost }: SettingsOfRules,
): (host: Pick<Host, 'name'>) => RuleOnHost {
  const names = [rule.id, topicOf(rule.id)];
  const said = (settings: RuleSettings | undefined) => names.flatMap((name) => settings?.get(name) ?? []);
  const general = said(everywhere);
  const elsewhere = joined(rule, general);
  const known = new Map(
    [...(onHost ?? [])].map(([host, own]) => [host, joined(rule, [...said(own), ...general])]),
  );
  return ({ name }) => known.get(name) ?? elsewhere;
}

/** `arp/only-lo-set` is one of `arp/*`. */
export function topicOf(rule: string): string {
  return `${rule.replace(/\/.*/, '')}/*`;
}

function joined(rule: Mistake, words: readonly RuleSetting[]): RuleOnHost {
  const defaults = Object.entries(rule.thresholds ?? {}).map(([name, { default: value }]) => [name, value]);
  const numbers = words.toReversed().map(({ thresholds }) => thresholds);
  return {
    severity: words.find(({ severity }) => severity !== undefined)?.severity,
    thresholds: Object.assign(Object.fromEntries(defaults), ...numbers),
  };
}
