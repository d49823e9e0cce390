import { expect, test } from 'vitest';
import type { Finding } from '../../src/judge/finding.ts';
import { foldConsequences } from '../../src/judge/fold.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { sourceOf } from '../support/source.ts';

const source = sourceOf('virtual_server', 'keepalived.conf', { host: 'lb1' });

function finding(rule: string, subject: string, start: number): Finding {
  return {
    rule,
    severity: 'error',
    host: 'lb1',
    message: `${rule} of ${subject}`,
    at: { source, range: { start, end: start + 1 } },
    related: [],
    why: '',
    remedy: '',
    subject,
    also: [],
  };
}

const rule = (id: string, follows?: readonly string[]) =>
  defineRule({
    id,
    severity: 'error',
    title: '',
    why: '',
    remedy: '',
    needs: [],
    ...(follows && { follows }),
    check() {},
  });
const rules = [rule('a/cause'), rule('a/consequence', ['a/cause'])];
const shape = (findings: readonly Finding[]) =>
  findings.map(({ rule, also }) => [rule, also.map((other) => other.rule)]);

test('a consequence goes under the cause that is about the same', () => {
  const found = [finding('a/consequence', 'one', 5), finding('a/cause', 'one', 1)];
  expect(shape(foldConsequences(found, rules))).toEqual([['a/cause', ['a/consequence']]]);
});

test('or that points at the same word', () => {
  const found = [finding('a/cause', 'one', 5), finding('a/consequence', 'two', 5)];
  expect(shape(foldConsequences(found, rules))).toEqual([['a/cause', ['a/consequence']]]);
});

test('it stands alone where the cause is about something else', () => {
  const found = [finding('a/cause', 'one', 5), finding('a/consequence', 'two', 6)];
  expect(shape(foldConsequences(found, rules))).toEqual([
    ['a/cause', []],
    ['a/consequence', []],
  ]);
});
