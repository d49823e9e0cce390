import { expect, test } from 'vitest';
import type { Finding } from '../../src/judge/finding.ts';
import { fingerprintsOf } from '../../src/judge/fingerprint.ts';
import { lint } from '../support/lint.ts';
import { findingOf } from './findings.ts';

const named = (findings: readonly Finding[]) =>
  findings.map((finding) => fingerprintsOf(findings, ({ message }) => message).get(finding));

test('distinct findings have distinct names, whatever tells them apart', () => {
  const names = named([
    findingOf('a/1'),
    findingOf('a/1', { start: 7 }),
    findingOf('a/1', { subject: 'lb1/vrrp_instance A' }),
    findingOf('a/1', { message: 'another' }),
    findingOf('a/1', { host: 'lb2', severity: 'info' }),
    findingOf('a/2'),
  ]);
  expect(new Set(names).size).toBe(6);
});

test('a name does not depend on the line, the host, the severity or what follows', () => {
  const [one] = named([findingOf('a/1', { start: 3 })]);
  const also = [findingOf('a/2')];
  expect(named([findingOf('a/1', { start: 99, host: 'lb2', severity: 'info', also })])).toEqual([one]);
});

test('it is made of what is shown', () => {
  const secret = (password: string) =>
    fingerprintsOf([findingOf('a/1', { message: password })], () => '••••')
      .values()
      .next().value;
  expect(secret('swordfish')).toBe(secret('hunter2'));
});

test('those that are told under another have names too', () => {
  const inner = findingOf('a/2');
  const names = fingerprintsOf([findingOf('a/1', { also: [inner] }), findingOf('a/2')], ({ rule }) => rule);
  expect(new Set(names.values()).size).toBe(3);
  expect(names.get(inner)).toMatch(/^[0-9a-f]{16}$/);
});

test('lines inserted above a mistake do not rename it', async () => {
  const names = async (above: string) => {
    const text = `${above}vrrp_instance A {\n  foo 1\n  quux 1\n  interface eth0\n}\n`;
    const { findings } = await lint({ 'lb1/keepalived.conf': text });
    return [...fingerprintsOf(findings, ({ message }) => message).values()];
  };
  const plain = await names('');
  expect(plain.length).toBeGreaterThan(1);
  expect(new Set(plain).size).toBe(plain.length);
  expect(await names('# a comment\n\nglobal_defs {\n}\n')).toEqual(plain);
});
