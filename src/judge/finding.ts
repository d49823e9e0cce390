import type { Gap } from '../evidence/evidence.ts';
import type { Fix } from '../evidence/fix.ts';
import type { Place, RelatedPlace } from '../evidence/place.ts';

/** error: broken now, or at the next failover, reboot or peak. warning: change it before going live. info: advice. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing that is wrong, with all that a reporter prints. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly host: string;
  readonly message: string;
  readonly at: Place;
  readonly related: readonly RelatedPlace[];
  readonly why: string;
  readonly remedy: string;
  /** What a program can do about it; only where every text that it changes is a file. */
  readonly fix?: Fix;
  /** What the finding is about, by an id that survives edits: part of the fingerprint. */
  readonly subject: string;
  /** Other hosts that take part: a fault of theirs may explain it. */
  readonly involves?: readonly string[];
  /** `keepalived -t` complains of the same. */
  readonly toldByKeepalived?: true;
  /** Findings that follow from this one and are not reported on their own. */
  readonly also: readonly Finding[];
}

/** Something that a rule would have judged, had there been evidence. */
export interface NotJudged {
  readonly rule: string;
  readonly host: string;
  readonly why: string;
}

/** A rule that threw: our own mistake. The others have been judged all the same. */
export interface BrokenRule {
  readonly rule: string;
  readonly error: unknown;
}

/** A finding that somebody has answered for: kept for those who check the answers. */
export interface IgnoredFinding {
  readonly finding: Finding;
  readonly by: 'comment' | 'baseline';
  /** In the words of whoever ignores it; a baseline may give none. */
  readonly reason: string;
  /** The comment. */
  readonly at?: Place;
}

/** Everything that the judge has to say; sorted, every cause once. */
export interface Verdict {
  readonly findings: readonly Finding[];
  /** Sorted as the findings are. */
  readonly ignored: readonly IgnoredFinding[];
  readonly notJudged: readonly NotJudged[];
  /** The hosts that each rule saw and could speak of. One that is not among them was neither found sound nor wrong. */
  readonly judged: ReadonlyMap<string, ReadonlySet<string>>;
  readonly gaps: readonly Gap[];
  readonly broken: readonly BrokenRule[];
}
