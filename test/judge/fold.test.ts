import { describe, expect, test } from 'vitest';
import type { Finding, Severity } from '../../src/judge/finding.ts';
import { foldConsequences } from '../../src/judge/fold.ts';
import { allRules } from '../support/lint.ts';
import { findingOf, ruleOf, type Told, told } from './findings.ts';

const about = (rule: string, subject: string, start = 0): Finding => findingOf(rule, { subject, start });

function fold(findings: readonly Finding[], follows: Readonly<Record<string, readonly string[]>>): Told[] {
  return told(
    foldConsequences(
      findings,
      Object.entries(follows).map(([id, causes]) => ruleOf(id, { follows: causes })),
    ),
  );
}

const FOLLOWS = { 'a/consequence': ['a/cause'] };

describe('a consequence goes under its cause', () => {
  test('that is about the same, wherever it stands', () => {
    const found = [about('a/consequence', 'one', 5), about('a/cause', 'one', 1)];
    expect(fold(found, FOLLOWS)).toEqual([['a/cause', 'a/consequence']]);
  });

  test('or that points at the same word of the same host', () => {
    const cause = about('a/cause', 'one', 5);
    expect(fold([cause, about('a/consequence', 'two', 5)], FOLLOWS)).toEqual([['a/cause', 'a/consequence']]);
    const elsewhere = findingOf('a/consequence', { host: 'lb2', start: 5, subject: 'two' });
    expect(fold([cause, elsewhere], FOLLOWS)).toEqual(['a/cause', 'a/consequence']);
  });

  test('that is about its host', () => {
    const cause = about('a/cause', 'lb1', 5);
    expect(fold([cause, about('a/consequence', 'one', 6)], FOLLOWS)).toEqual([['a/cause', 'a/consequence']]);
    const elsewhere = findingOf('a/consequence', { host: 'lb2', start: 6, subject: 'one' });
    expect(fold([cause, elsewhere], FOLLOWS)).toEqual(['a/cause', 'a/consequence']);
  });

  test('that is about a host which takes part', () => {
    const cause = findingOf('a/cause', { host: 'rs1', start: 5, subject: 'rs1' });
    const consequence = about('a/consequence', 'one', 6);
    expect(fold([cause, { ...consequence, involves: ['rs1'] }], FOLLOWS)).toEqual([
      ['a/cause', 'a/consequence'],
    ]);
    expect(fold([cause, { ...consequence, involves: ['rs2'] }], FOLLOWS)).toEqual([
      'a/cause',
      'a/consequence',
    ]);
  });

  test('whose place it shows beside its own', () => {
    const cause = about('a/cause', 'one', 5);
    const consequence = about('a/consequence', 'two', 9);
    const related = [{ at: cause.at, message: 'the kernel has another value' }];
    expect(fold([cause, { ...consequence, related }], FOLLOWS)).toEqual([['a/cause', 'a/consequence']]);
  });

  test('not where the cause is about something else', () => {
    const found = [about('a/cause', 'one', 5), about('a/consequence', 'two', 6)];
    expect(fold(found, FOLLOWS)).toEqual(['a/cause', 'a/consequence']);
  });

  test('through a chain of rules', () => {
    const found = ['a/1', 'a/2', 'a/3'].map((rule) => about(rule, 'one'));
    expect(fold(found, { 'a/3': ['a/2'], 'a/2': ['a/1'] })).toEqual([['a/1', ['a/2', 'a/3']]]);
  });

  test('never under one that is less grave, which a report may not even show', () => {
    const cause = { ...about('a/cause', 'one'), severity: 'info' as const };
    const found = [cause, about('a/consequence', 'one')];
    expect(fold(found, FOLLOWS)).toEqual(['a/cause', 'a/consequence']);
    const grave = about('a/cause', 'one', 9);
    expect(fold([...found, grave], FOLLOWS)).toEqual(['a/cause', ['a/cause', 'a/consequence']]);
  });
});

describe('what compares two places', () => {
  const difference = (severity: Severity) => {
    const at = { ...about('a/difference', 'two', 50), severity };
    return { ...at, host: 'lb2', related: [{ at: about('a/any', 'one', 5).at, message: 'the other side' }] };
  };
  const foldBoth = (...findings: readonly Finding[]) =>
    told(foldConsequences(findings, [ruleOf('a/difference', { compares: true }), ruleOf('a/cause')]));

  test('goes under what is wrong with the word on either side', () => {
    const cause = about('a/cause', 'one', 5);
    expect(foldBoth(cause, difference('error'))).toEqual([['a/cause', 'a/difference']]);
    expect(foldBoth(cause, difference('warning'))).toEqual([['a/cause', 'a/difference']]);
  });

  test('takes it along where the difference is graver', () => {
    const lighter = { ...about('a/cause', 'one', 5), severity: 'warning' as const };
    expect(foldBoth(lighter, difference('error'))).toEqual([['a/difference', 'a/cause']]);
  });

  test('stays where the mistake is another word', () => {
    expect(foldBoth(about('a/cause', 'one', 9), difference('error'))).toEqual(['a/cause', 'a/difference']);
  });
});

describe('nothing is lost', () => {
  test.each<[string, Record<string, readonly string[]>, Told[]]>([
    ['two rules that follow each other', { 'a/1': ['a/2'], 'a/2': ['a/1'] }, [['a/2', 'a/1'], 'a/3']],
    ['a circle of three', { 'a/1': ['a/2'], 'a/2': ['a/3'], 'a/3': ['a/1'] }, [['a/3', ['a/2', 'a/1']]]],
    ['a rule that follows itself', { 'a/1': ['a/1'] }, ['a/1', 'a/2', 'a/3']],
    ['rules that follow nothing', {}, ['a/1', 'a/2', 'a/3']],
  ])('by %s', (_, follows, expected) => {
    const found = ['a/1', 'a/2', 'a/3'].map((rule) => about(rule, 'one'));
    expect(fold(found, follows)).toEqual(expected);
  });

  test('where rules in a circle find much about one subject', () => {
    const found = Array.from({ length: 50 }, (_, index) => about(`a/${index % 3}`, 'one', index));
    const folded = foldConsequences(
      found,
      [0, 1, 2].map((each) => ruleOf(`a/${each}`, { follows: [`a/${(each + 1) % 3}`] })),
    );
    const count = (list: readonly Finding[]): number =>
      list.reduce((sum, { also }) => sum + 1 + count(also), 0);
    expect(count(folded)).toBe(50);
  });
});

describe('the rules of the project', () => {
  const ids = new Set(allRules.map(({ id }) => id));

  test('follow rules that there are', () => {
    const named = allRules.flatMap(({ id, follows = [] }) => follows.map((cause) => [id, cause]));
    expect(named.filter(([, cause]) => !ids.has(cause ?? ''))).toEqual([]);
  });

  test('follow each other in no circle', () => {
    const causes = new Map(allRules.map(({ id, follows = [] }) => [id, follows]));
    const circles = allRules.filter(({ id }) => {
      const seen = new Set(causes.get(id));
      for (const each of seen) for (const cause of causes.get(each) ?? []) seen.add(cause);
      return seen.has(id);
    });
    expect(circles.map(({ id }) => id)).toEqual([]);
  });
});
