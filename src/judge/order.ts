import type { Source } from '../evidence/source.ts';
import type { Finding, Severity } from './finding.ts';

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Files by name, places from the top, then the graver finding, then the rule's name: the one order of all reports. */
export function compareFindings(one: Finding, other: Finding): number {
  return (
    compareText(one.at.source.name, other.at.source.name) ||
    compareText(whereabouts(one.at.source), whereabouts(other.at.source)) ||
    one.at.range.start - other.at.range.start ||
    RANK[one.severity] - RANK[other.severity] ||
    compareText(one.rule, other.rule) ||
    compareText(one.message, other.message) ||
    one.at.range.end - other.at.range.end
  );
}

/** True where `severity` is at least as grave as `limit`. */
export function reaches(severity: Severity, limit: Severity): boolean {
  return RANK[severity] <= RANK[limit];
}

/** A file that serves two hosts is one text; the same command on two hosts prints two. */
function whereabouts({ host, origin }: Source): string {
  return origin.kind === 'file' ? origin.path : `${host}\n${origin.path}`;
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
