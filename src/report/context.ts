import type { Diagnosis } from '../judge/diagnosis.ts';
import type { Severity, Verdict } from '../judge/finding.ts';
import type { Verification } from '../judge/verification.ts';
import type { Walk } from './walk.ts';

/** A host that was judged, as far as a reader wants to check it. */
export interface JudgedHost {
  readonly name: string;
  readonly roles: readonly string[];
  /** What was read of it: paths, or the commands that printed it. */
  readonly files: readonly string[];
}

/** A rule as reports describe it. */
export interface RuleHelp {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  /** All that is known of it, as Markdown. */
  readonly page: string;
}

/** What a reporter needs to know besides the verdict. */
export interface ReportContext {
  readonly colour: boolean;
  /** Columns; at least 40 are used. */
  readonly width: number;
  /** Whether findings of severity info are printed; they are counted in any case. */
  readonly advice: boolean;
  /** Whether what somebody ignores is printed, with the reason; it is counted in any case. */
  readonly reportIgnored: boolean;
  /** This program's version. */
  readonly version: string;
  readonly hosts: readonly JudgedHost[];
  /** The folder that a repository's paths start from: files below it are named from there, for programs. */
  readonly root: string;
  /** Every rule there is; worked out when a format asks, because the pages are many. */
  readonly rules: () => readonly RuleHelp[];
}

/** Turns a verdict into the text of one format, line end included. Pure. */
export type Reporter = (verdict: Verdict, context: ReportContext) => string;

/** What the report on running hosts needs to know besides. */
export interface DiagnosisContext extends ReportContext {
  readonly diagnosis: Diagnosis;
  /** The page of a symptom that the user asked for: it stands in place of the sections. */
  readonly walk?: Walk;
}

/** Turns what was seen of running hosts into the text of one format. Pure. */
export type DiagnosisReporter = (verdict: Verdict, context: DiagnosisContext) => string;

/** What the report on a test of running hosts needs to know besides. */
export interface VerificationContext extends ReportContext {
  readonly verification: Verification;
}

/** Turns what a test came to into the text of one format. Pure. */
export type VerificationReporter = (verdict: Verdict, context: VerificationContext) => string;
