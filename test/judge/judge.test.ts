import { describe, expect, test } from 'vitest';
import { placeOf } from '../../grammars/tree.ts';
import { type JudgeOptions, judge } from '../../src/judge/judge.ts';
import { compareFindings } from '../../src/judge/order.ts';
import type { AnyRule, Report } from '../../src/judge/rule.ts';
import type { Cluster, ClusterModel, Host, Part } from '../../src/model/cluster.ts';
import { sourceOf } from '../support/source.ts';
import { findingOf, ruleOf } from './findings.ts';

function hostOf(name: string, parts: Partial<Host> = {}): Host {
  const path = `${name}/keepalived.conf`;
  const source = sourceOf('0123456789', 'keepalived.conf', {
    host: name,
    name: path,
    origin: { kind: 'file', path },
  });
  return {
    id: name,
    label: name,
    name,
    place: placeOf(source, 0, 1),
    roles: new Set(),
    ownAddresses: new Set(),
    unseen: new Map(),
    partial: new Map(),
    ignores: [],
    ...parts,
  };
}

const verdictOf = (hosts: readonly Host[], rules: readonly AnyRule[], options?: JudgeOptions) =>
  judge({ hosts, target: {} } satisfies Cluster, rules, [], options);

/** A rule that says "seen" of each host that it sees. */
const seeing = (id: string, rest: Partial<AnyRule>) =>
  ruleOf(id, {
    check: (cluster: ClusterModel<Part>, report: Report) => {
      for (const host of cluster.hosts)
        report({ host, about: host, at: host, message: `seen on ${host.name}` });
    },
    ...rest,
  });

describe('a rule sees only hosts that have what it needs', () => {
  const needs = ['vrrp', 'sysctl'] as const;
  const whole = { vrrp: [], sysctl: { entries: [] } } as unknown as Partial<Host>;

  test.each<[string, Partial<Host>, boolean, string[]]>([
    ['all parts', whole, true, []],
    ['a part that nobody looked for', { vrrp: [] }, false, []],
    [
      'a part that somebody could not see',
      { vrrp: [], unseen: new Map([['sysctl', '99-lvs.conf: no such file']]) },
      false,
      ['99-lvs.conf: no such file'],
    ],
    [
      'a part that was seen in part',
      { ...whole, partial: new Map([['vrrp', 'include x: no such file']]) },
      false,
      ['include x: no such file'],
    ],
    [
      'two parts missing for one reason, which is told once',
      {
        unseen: new Map([
          ['vrrp', 'unreachable'],
          ['sysctl', 'unreachable'],
        ]),
      },
      false,
      ['unreachable'],
    ],
  ])('%s', (_, parts, seen, why) => {
    const { findings, notJudged } = verdictOf([hostOf('lb1', parts)], [seeing('a/1', { needs })]);
    expect(findings).toHaveLength(seen ? 1 : 0);
    expect(notJudged).toEqual(why.map((each) => ({ rule: 'a/1', host: 'lb1', why: each })));
  });

  test('unless it speaks only of what it sees', () => {
    const host = hostOf('lb1', { ...whole, partial: new Map([['vrrp', 'include x']]) });
    const { findings, notJudged } = verdictOf([host], [seeing('a/1', { needs, evenIfPartial: true })]);
    expect([findings.length, notJudged]).toEqual([1, []]);
  });

  test('and the others are judged', () => {
    const { findings } = verdictOf([hostOf('lb1', whole), hostOf('lb2')], [seeing('a/1', { needs })]);
    expect(findings.map(({ host }) => host)).toEqual(['lb1']);
  });
});

describe('what a rule leaves open is its own', () => {
  const one = (options?: JudgeOptions) =>
    verdictOf([hostOf('lb1')], [seeing('a/1', {})], options).findings[0];

  test('severity, why and remedy', () => {
    expect(one()).toMatchObject({ severity: 'error', why: 'why', remedy: 'remedy', subject: 'lb1' });
  });

  test('the settings go before both', () => {
    const saying = (severity: 'info' | 'off') => ({ everywhere: new Map([['a/1', { severity }]]) });
    expect(one({ settings: saying('info') })?.severity).toBe('info');
    expect(one({ settings: saying('off') })).toBeUndefined();
  });
});

describe('a rule that throws', () => {
  const error = new Error('our own mistake');
  const broken = ruleOf('a/broken', {
    check: () => {
      throw error;
    },
  });

  test('is named, and hides no other', () => {
    const verdict = verdictOf([hostOf('lb1')], [broken, seeing('a/1', {})]);
    expect(verdict.broken).toEqual([{ rule: 'a/broken', error }]);
    expect(verdict.findings).toHaveLength(1);
  });

  test('ends a test', () => {
    expect(() => verdictOf([hostOf('lb1')], [broken], { rethrow: true })).toThrow('our own mistake');
  });

  test('is not asked where there is nothing to see', () => {
    expect(verdictOf([], [broken]).broken).toEqual([]);
  });
});

describe('the order of a report', () => {
  test('is by file, place, gravity and rule, whatever the rules say first', () => {
    const sorted = [
      findingOf('a/2', { host: 'lb1', start: 1 }),
      findingOf('a/1', { host: 'lb1', start: 2, severity: 'error' }),
      findingOf('a/3', { host: 'lb1', start: 2, severity: 'error' }),
      findingOf('a/0', { host: 'lb1', start: 2, severity: 'info' }),
      findingOf('a/1', { host: 'lb2', start: 0 }),
    ];
    expect(sorted.toReversed().sort(compareFindings)).toEqual(sorted);
  });

  test('does not depend on the order of the rules', () => {
    const rules = [
      seeing('a/1', {}),
      seeing('a/2', { severity: 'info' }),
      seeing('a/3', { follows: ['a/1'] }),
    ];
    const hosts = [hostOf('lb1'), hostOf('lb2')];
    expect(verdictOf(hosts, rules.toReversed())).toEqual(verdictOf(hosts, rules));
  });
});
