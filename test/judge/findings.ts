import type { Finding, Severity } from '../../src/judge/finding.ts';
import { type AnyRule, defineRule } from '../../src/judge/rule.ts';
import { sourceOf } from '../support/source.ts';

/** A finding in the file of a host, in which each offset is a line; two findings of a host stand in one file. */
export function findingOf(
  rule: string,
  {
    host = 'lb1',
    start = 0,
    severity = 'error' as Severity,
    ...rest
  }: Partial<Finding> & { start?: number } = {},
): Finding {
  const path = `${host}/keepalived.conf`;
  const source = sourceOf('\n'.repeat(100), 'keepalived.conf', {
    host,
    name: path,
    origin: { kind: 'file', path },
  });
  return {
    rule,
    severity,
    host,
    message: rule,
    at: { source, range: { start, end: start + 1 } },
    related: [],
    why: '',
    remedy: '',
    subject: host,
    also: [],
    ...rest,
  };
}

/** A rule that is only asked what it follows, unless it gets a check. */
export function ruleOf(id: string, rest: Partial<AnyRule> = {}): AnyRule {
  return defineRule({
    id,
    severity: 'error',
    title: '',
    why: 'why',
    remedy: 'remedy',
    needs: [],
    check() {},
    ...rest,
  });
}

/** Findings as rules, each with those that are told under it. */
export type Told = string | readonly [string, ...Told[]];
export function told(findings: readonly Finding[]): Told[] {
  return findings.map(({ rule, also }) => (also.length === 0 ? rule : [rule, ...told(also)]));
}
