import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf, type Tree } from '../tree.ts';
import { type Doubt, doubtOf, nameOf } from './doubts.ts';
import { type SysctlLine, sysctlLines } from './parser.ts';
import { reportedAt, reportedLines } from './report.ts';
import { trimmed } from './span.ts';
import { SysctlStatement } from './statement.ts';
import { doubtOfExclusion, doubtOfLine } from './strays.ts';

export { globMatches, isGlob, sysctlName, sysctlPath, sysctlSpelling } from './key.ts';
export { reportedAt, reportedLines } from './report.ts';
export { SysctlStatement } from './statement.ts';

/** The settings of a sysctl file, in order, and those that it means to make but that nothing takes as written. */
export interface SysctlTree extends Tree {
  readonly statements: readonly SysctlStatement[];
  readonly refused: readonly SysctlStatement[];
}

/**
 * Reads sysctl.conf or a file of sysctl.d as procps 4.0 and systemd-sysctl do, or what `sysctl -a` prints. What a running
 * kernel reports is never at fault: of an observed text, lines that are no settings are passed over.
 */
export function readSysctl(source: Source): SysctlTree {
  if (source.basis === 'observed') return new SysctlReport(source);
  const statements: SysctlStatement[] = [];
  const refused: SysctlStatement[] = [];
  const faults: Fault[] = [];
  const lines = sysctlLines(source.text);
  let continued = false;
  let marked = false;
  for (const [index, line] of lines.entries()) {
    const read = readLine(source, line);
    const doubt = line.kind === 'byte-order-mark' ? markDoubt(source, line, lines[index + 1]) : read.doubt;
    const tail = continued && line.kind === 'stray';
    continued = /\\[ \t\r]*$/.test(line.text.slice(-LONGEST_TAIL));
    if (read.statement) (doubt?.refused || marked ? refused : statements).push(read.statement);
    marked = line.kind === 'byte-order-mark' && doubt?.refused === true;
    if (doubt && !tail) faults.push(faultOf(source, doubt));
  }
  return { source, statements, refused, faults };
}

/** A report has thousands of lines, of which few are ever asked for. */
class SysctlReport implements SysctlTree {
  readonly refused = [];
  readonly faults = [];
  constructor(readonly source: Source) {}

  get statements(): readonly SysctlStatement[] {
    return reportedLines(this.source).map((start) => reportedAt(this.source, start));
  }
}

/** How far back from its end a line is searched for a backslash. */
const LONGEST_TAIL = 16;

interface LineReading {
  readonly statement?: SysctlStatement;
  readonly doubt?: Doubt | undefined;
}

function readLine(source: Source, line: SysctlLine): LineReading {
  const { text, start } = line;
  if (line.kind === 'byte-order-mark') return {};
  const dash = text.startsWith('-') ? 1 : 0;
  if (line.kind === 'exclusion') {
    const key = trimmed(text, start, 1, text.length);
    const doubt = doubtOfExclusion(key);
    return { doubt, statement: new SysctlStatement(source, key, undefined, false) };
  }
  if (line.kind !== 'assignment') {
    const doubt = doubtOfLine(line);
    return { doubt, ...meant(source, doubt, false) };
  }
  const equals = text.indexOf('=');
  const key = trimmed(text, start, dash, equals, dash === 1);
  const value = trimmed(text, start, equals + 1, text.length);
  const doubt = doubtOf(key, value);
  return doubt
    ? { doubt, ...meant(source, { key, value, ...doubt }, dash === 1) }
    : { statement: new SysctlStatement(source, key, value, dash === 1) };
}

function meant(source: Source, doubt: Doubt, ignoreErrors: boolean): { statement?: SysctlStatement } {
  if (!doubt.key?.text || !doubt.value) return {};
  return { statement: new SysctlStatement(source, doubt.key, doubt.value, ignoreErrors) };
}

/** The mark is part of the first key; in front of a comment or nothing, it costs a complaint only. */
function markDoubt(source: Source, mark: SysctlLine, next: SysctlLine | undefined): Doubt {
  const end = mark.start + 1;
  const lineEnd = source.text.indexOf('\n', end);
  const hits = next?.kind === 'assignment' && (lineEnd === -1 || next.start < lineEnd);
  return {
    kind: 'hidden-character',
    message: `${nameOf(0xfeff)} begins the line, so ${hits ? 'its setting is not made' : 'sysctl does not know it for a comment'}`,
    remedy: 'Save the file as UTF-8 without a byte-order mark.',
    severity: hits ? 'error' : 'warning',
    range: { start: mark.start, end },
    refused: hits,
  };
}

function faultOf(source: Source, doubt: Doubt): Fault {
  const { kind, message, remedy, severity, family, range } = doubt;
  return {
    kind,
    message,
    at: placeOf(source, range.start, range.end),
    ...(remedy !== undefined && { remedy }),
    ...(severity && { severity }),
    ...(family !== undefined && { family }),
  };
}
