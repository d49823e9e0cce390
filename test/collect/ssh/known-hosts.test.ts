import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { KnownHosts } from '../../../src/collect/ssh/known-hosts.ts';
import { newKeys } from '../../support/ssh-server.ts';

const [one, other, ecdsa] = [newKeys(), newKeys(), newKeys('ecdsa')];
const blob = ({ public: text }: { public: string }) => Buffer.from(text.split(' ')[1] ?? '', 'base64');
const judge = (text: string, host: string, port = 22, key = one) =>
  new KnownHosts([{ name: 'known_hosts', text }]).judge(host, port, blob(key));

function hashed(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

const NAMED: readonly (readonly [string, string, string, number, boolean])[] = [
  ['plain', 'lb1', 'lb1', 22, true],
  ['letters of another case', 'LB1', 'lb1', 22, true],
  ['one of several', 'lb9,lb1,192.0.2.11', '192.0.2.11', 22, true],
  ['the name of another', 'lb1', 'lb11', 22, false],
  ['a wildcard', 'lb*.example.net', 'lb1.example.net', 22, true],
  ['one letter', 'lb?', 'lb1', 22, true],
  ['a dot is a dot', 'lb1.example', 'lb1xexample', 22, false],
  ['ruled out', 'lb*,!lb1', 'lb1', 22, false],
  ['another port needs its own entry', 'lb1', 'lb1', 2222, false],
  ['another port', '[lb1]:2222', 'lb1', 2222, true],
  ['a wildcard with a port', '[lb*]:2222', 'lb7', 2222, true],
  ['hashed', hashed('lb1'), 'lb1', 22, true],
  ['hashed with a port', hashed('[lb1]:2222'), 'lb1', 2222, true],
  ['hashed, of another', hashed('lb2'), 'lb1', 22, false],
  ['IPv6', '2001:db8::11', '2001:db8::11', 22, true],
  ['IPv6 with a port', '[2001:db8::11]:2222', '2001:db8::11', 2222, true],
];

describe('the names of an entry', () => {
  test.each(NAMED)('%s', (_, names, host, port, known) => {
    expect(judge(`# note\n\n${names} ${one.public} comment\n`, host, port).kind).toBe(
      known ? 'known' : 'unknown',
    );
  });
});

describe('keys', () => {
  test('another key of the type that is known is a changed key, and the line is told', () => {
    expect(judge(`# note\nlb1 ${other.public}\n`, 'lb1')).toEqual({
      kind: 'changed',
      where: 'known_hosts:2',
    });
  });

  test('a key of a type that is not known yet, where others are, is a changed one too: nothing is learnt', () => {
    expect(judge(`lb1 ${ecdsa.public}\n`, 'lb1')).toEqual({ kind: 'changed', where: 'known_hosts:1' });
  });

  test('one of several known keys is enough', () => {
    expect(judge(`lb1 ${other.public}\nlb1 ${one.public}\n`, 'lb1').kind).toBe('known');
  });

  test('a revoked key is refused although it is known, and only it', () => {
    const text = `lb1 ${one.public}\nlb1 ${other.public}\n@revoked * ${one.public}\n`;
    expect(judge(text, 'lb1')).toEqual({ kind: 'revoked', where: 'known_hosts:3' });
    expect(judge(text, 'lb1', 22, other).kind).toBe('known');
  });

  test('what a certificate authority vouches for is unknown, and said to be certified', () => {
    expect(judge(`@cert-authority *.example.net ${one.public}\n`, 'lb1.example.net')).toEqual({
      kind: 'unknown',
      certified: true,
    });
  });

  test('lines that are no entries are passed over', () => {
    const text = `lb1\nlb1 ssh-ed25519\n@strange lb1 ${one.public}\n|1|x lb1 y\n|1||| a b\nlb1 ${one.public}`;
    expect(judge(text, 'lb1').kind).toBe('known');
  });

  test('the types of known keys, for the order in which keys are asked for', () => {
    const known = new KnownHosts([{ name: 'a', text: `lb1 ${ecdsa.public}\n@revoked lb1 ${one.public}\n` }]);
    expect(known.typesOf('lb1', 22)).toEqual(['ecdsa-sha2-nistp256']);
  });
});
