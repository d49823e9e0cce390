import type { Fault, Host } from '../model/cluster.ts';
import type { Finding, IgnoredFinding, NotJudged } from './finding.ts';
import type { AnyRule } from './rule.ts';

/** What was looked at before findings are taken out. */
export interface Heard {
  readonly hosts: readonly Host[];
  readonly rules: readonly AnyRule[];
  readonly notJudged: readonly NotJudged[];
  readonly judged: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a sieve lets through and what it keeps back. */
export interface Sifted {
  readonly left: readonly Finding[];
  readonly ignored?: readonly IgnoredFinding[];
  /** What is wrong with the words of whoever answers for findings, by host. */
  readonly faults?: ReadonlyMap<string, readonly Fault[]>;
}

/**
 * Takes findings out of a report, each by itself, before consequences are folded under their causes and what peers share is
 * merged: what follows from a finding that somebody answers for is told on its own.
 */
export type Sieve = (findings: readonly Finding[], heard: Heard) => Sifted;
