import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/judge/finding.ts';
import { mergeHosts, withoutRepeats } from '../../src/judge/merge.ts';
import { findingOf, told } from './findings.ts';

const finding = (host: string, start: number, rest: Partial<Finding> = {}) =>
  findingOf('a/rule', { host, start, ...rest });

const shape = (findings: readonly Finding[]) =>
  findings.map(({ host, at, related }) => [
    `${host}:${at.range.start}`,
    ...related.map((other) => `${other.at.source.host}:${other.at.range.start} ${other.message}`),
  ]);

describe('several hosts', () => {
  test('what they have alike is one finding with all places', () => {
    const found = [finding('lb1', 5), finding('lb2', 7), finding('lb3', 7)];
    expect(shape(mergeHosts(found))).toEqual([['lb1:5', 'lb2:7 the same on lb2', 'lb3:7 the same on lb3']]);
  });

  test('what both have twice is two findings: first goes with first, second with second', () => {
    const found = [finding('lb1', 5), finding('lb1', 9), finding('lb2', 5), finding('lb2', 9)];
    expect(shape(mergeHosts(found))).toEqual([
      ['lb1:5', 'lb2:5 the same on lb2'],
      ['lb1:9', 'lb2:9 the same on lb2'],
    ]);
  });

  test('what one of them has once more stays apart', () => {
    const found = [finding('lb1', 5), finding('lb1', 9), finding('lb2', 5)];
    expect(shape(mergeHosts(found))).toEqual([['lb1:5', 'lb2:5 the same on lb2'], ['lb1:9']]);
  });

  test.each<[string, Partial<Finding>]>([
    ['message', { message: 'another' }],
    ['remedy', { remedy: 'another' }],
    ['severity', { severity: 'info' }],
    ['subject', { subject: 'lb2/vrrp_instance B' }],
  ])('another %s is another finding', (_, rest) => {
    const one = finding('lb1', 5, { subject: 'lb1/vrrp_instance A' });
    const other = finding('lb2', 5, { subject: 'lb2/vrrp_instance A', ...rest });
    expect(shape(mergeHosts([one, other]))).toEqual([['lb1:5'], ['lb2:5']]);
    expect(mergeHosts([one, { ...other, ...one, host: 'lb2', subject: 'lb2/vrrp_instance A' }])).toHaveLength(
      1,
    );
  });

  test('a message that names its own host says the same as one that names another', () => {
    const found = ['rs1', 'rs2', '10.0.0.3'].map((host) =>
      finding(host, 5, { message: `${host}: ${host} answers` }),
    );
    expect(shape(mergeHosts(found))).toEqual([
      ['rs1:5', 'rs2:5 the same on rs2', '10.0.0.3:5 the same on 10.0.0.3'],
    ]);
  });

  test('the name of a third host tells messages apart, and so do numbers', () => {
    const peers = [
      finding('lb1', 5, { message: 'lb1 and lb3' }),
      finding('lb2', 5, { message: 'lb2 and lb4' }),
    ];
    expect(mergeHosts(peers)).toHaveLength(2);
    const numbers = [finding('1', 5, { message: 'weight 1' }), finding('2', 5, { message: 'weight 2' })];
    expect(mergeHosts(numbers)).toHaveLength(2);
  });

  test('what follows on only one of them is told all the same', () => {
    const consequence = findingOf('a/consequence', { host: 'lb2', subject: 'lb2' });
    const found = [finding('lb1', 5), finding('lb2', 5, { also: [consequence] })];
    expect(told(mergeHosts(found))).toEqual([['a/rule', 'a/consequence']]);
  });

  test('what follows on each of them is told once', () => {
    const found = ['lb1', 'lb2'].map((host) =>
      finding(host, 5, { also: [findingOf('a/consequence', { host, start: 8 })] }),
    );
    const [merged] = mergeHosts(found);
    expect(shape(merged?.also ?? [])).toEqual([['lb1:8', 'lb2:8 the same on lb2']]);
  });
});

describe('one file for two hosts', () => {
  const shared = finding('shared', 5);
  const forHost = (host: string, also: readonly Finding[] = []): Finding => ({
    ...shared,
    host,
    subject: host,
    also,
  });

  test('says each thing once', () => {
    expect(shape(withoutRepeats([forHost('lb1'), forHost('lb2')]))).toEqual([['lb1:5']]);
  });

  test('keeps what follows for each of them', () => {
    const also = [findingOf('a/consequence', { host: 'lb2' })];
    expect(told(withoutRepeats([forHost('lb1'), forHost('lb2', also)]))).toEqual([
      ['a/rule', 'a/consequence'],
    ]);
  });

  test('is not the same as one command on two hosts', () => {
    const printed = (host: string) => {
      const origin = { kind: 'command', path: 'sysctl -a' } as const;
      return finding(host, 5, {
        at: { range: shared.at.range, source: { ...shared.at.source, host, name: 'sysctl -a', origin } },
      });
    };
    expect(withoutRepeats([printed('lb1'), printed('lb2')])).toHaveLength(2);
  });
});
