import type { Source } from '../../src/evidence/source.ts';
import { trimmed } from './span.ts';
import { SysctlStatement } from './statement.ts';

/** Where the lines of a running kernel's report (`sysctl -a`) begin that state a key: `key = value`. */
export function reportedLines({ text }: Source): readonly number[] {
  const starts: number[] = [];
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const [blanks] = /^\uFEFF?\s*(?=[^\s#;=][^=]*=)/.exec(text.slice(start, end)) ?? [];
    if (blanks !== undefined) starts.push(start + blanks.length);
  }
  return starts;
}

/** What the line states that begins there. */
export function reportedAt(source: Source, start: number): SysctlStatement {
  const end = source.text.indexOf('\n', start);
  const text = source.text.slice(start, end === -1 ? undefined : end);
  const equals = text.indexOf('=');
  const key = trimmed(text, start, 0, equals);
  return new SysctlStatement(source, key, trimmed(text, start, equals + 1, text.length), false);
}
