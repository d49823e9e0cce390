import type { Located } from '../evidence/fact.ts';
import type { Fix } from '../evidence/fix.ts';
import type { ClusterModel, Host, Part, Subject } from '../model/cluster.ts';
import type { Severity } from './finding.ts';

/** What a rule says about one place. Severity, why and remedy are the rule's own unless the case needs others. */
export interface Report {
  (finding: {
    /** The host whose operator has to act. */
    readonly host: Host;
    /** What is judged: an instance, a service, the host itself. Findings about one subject can be folded into their cause. */
    readonly about: Subject;
    /** Where it stands: any fact, statement or place holder. */
    readonly at: Located;
    /** Present tense, names the value, no "should", no full stop. */
    readonly message: string;
    /** Other places that explain it; one that is undefined is left out. */
    readonly related?: readonly { readonly at: Located | undefined; readonly message: string }[] | undefined;
    /** Other hosts that take part, such as the one that a real server is: their faults may explain it. */
    readonly involves?: readonly (Host | undefined)[];
    readonly severity?: Severity | undefined;
    readonly remedy?: string | undefined;
    readonly why?: string | undefined;
    /** What can be done about it without a question: `safeFix` or `reviewedFix`. */
    readonly fix?: Fix | undefined;
    /** Whether `keepalived -t` complains of this too, where it is not as the rule says. */
    readonly toldByKeepalived?: boolean | undefined;
  }): void;
  /** Says that this rule could not judge something, and why: "the files of real server 192.0.2.21 were not given". */
  notJudged(host: Host, why: string): void;
}

/** A number from which on a rule speaks. The user's settings may say another one. */
export interface Threshold {
  readonly default: number;
  /** What is counted: `s`, `servers`, `times`. */
  readonly unit: string;
  /** Why it is this number; a source where there is one. */
  readonly why: string;
}

/** The thresholds that count on a host. */
export type ThresholdsOn<T extends string = string> = (host: Host) => Readonly<Record<T, number>>;

/** One kind of mistake, as people and settings name it: found by a rule, or by a test of `verify`. */
export interface Mistake<T extends string = string> {
  /** `<topic>/<what-is-wrong>` */
  readonly id: string;
  readonly severity: Severity;
  /** One line each. */
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  /** Numbers that clusters may well see differently, by the name that settings use. */
  readonly thresholds?: Readonly<Record<T, Threshold>>;
}

/** What finds a mistake in the model of a cluster. Synchronous, pure, keeps no state. */
export interface Rule<P extends Part = Part, T extends string = string> extends Mistake<T> {
  /** The parts that a host must have to be seen by `check`. */
  readonly needs: readonly P[];
  /** Speaks only of what it sees, never of absence: may run on a host of which a part is missing. */
  readonly evenIfPartial?: true;
  /** `keepalived -t` (2.2.7) complains of whatever this rule finds in a keepalived.conf. */
  readonly toldByKeepalived?: true;
  /** Rules whose finding about the same subject explains this one; it is then folded under theirs. */
  readonly follows?: readonly string[];
  /** Says that two places differ: what is wrong with either line is one mistake with it, and the graver finding tells it. */
  readonly compares?: true;
  /** Looks at hosts side by side: of one host alone it finds less. */
  readonly spans?: true;
  /** No comment can answer for it. */
  readonly ignorable?: false;
  check(cluster: ClusterModel<P>, report: Report, thresholdsOn: ThresholdsOn<T>): void;
}

/** Gives a rule its types: `needs: ['vrrp']` is what makes `host.vrrp` present in `check`. */
export function defineRule<const P extends Part, T extends string = never>(rule: Rule<P, T>): Rule<P, T> {
  return rule;
}

/** A threshold, short enough for one line of a rule. */
export function threshold(standard: number, unit: string, why: string): Threshold {
  return { default: standard, unit, why };
}

/** Any rule, whatever it needs: what a list of rules holds. */
// biome-ignore lint/suspicious/noExplicitAny: a rule's `check` takes a narrower cluster than Rule<Part> names
export type AnyRule = Rule<any, any>;
