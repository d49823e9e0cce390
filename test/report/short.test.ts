import fc from 'fast-check';
import { expect, test } from 'vitest';
import { short } from '../../src/report/short.ts';
import { awkward } from './awkward.ts';
import {
  anyCharacter,
  brokenCluster,
  dangerous,
  findingAt,
  placeOf,
  plain,
  sourceOf,
  verdictOf,
} from './samples.ts';

/** What the problem matchers of editors expect of gcc's lines. */
const gcc = /^(.*?):(\d+):(\d+): (error|warning|info): (.*) \[([a-z0-9/-]+)\]$/;

test('a finding is a line, and nothing else is printed', () => {
  expect(short(brokenCluster(), plain)).toBe(
    [
      'lb2/keepalived.conf:8:23: error: VI_1 on lb2 has virtual router id 52 and on lb1 51: neither hears the other, both become master [vrrp/virtual-router-id-differs]',
      'lb2/keepalived.conf:9:14: warning: lb1 also claims priority 100, so the higher address becomes master [vrrp/duplicate-priority]',
      'lb1/keepalived.conf:24:28: error: real server 192.0.2.21 listens on port 8080, but DR cannot change port 80 of the virtual service [forwarding/port-differs]',
      'rs1/rs.sh:2:24: warning: rs1 raises 192.0.2.10/24 on lo, so all of 192.0.2.0/24 counts as its own [arp/vip-prefix-on-loopback]',
      '',
    ].join('\n'),
  );
});

test('advice is printed when asked for', () => {
  expect(short(brokenCluster(), { ...plain, advice: true })).toContain('lb1/keepalived.conf:2:15: info: ');
});

test('without findings nothing is printed', () => {
  expect(short(verdictOf([]), plain)).toBe('');
});

test.each(Object.entries(awkward))('%s is one line that an editor can read', (_, finding) => {
  const lines = short(verdictOf([finding]), plain).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(gcc);
  expect(lines[0]).not.toMatch(/secret1|cödé|1111/);
});

test('foreign text breaks no line', () => {
  const foreign = fc.string({ unit: anyCharacter, maxLength: 40 });
  fc.assert(
    fc.property(foreign, foreign, (name, message) => {
      const at = placeOf(sourceOf('lb1', `n${name}`, 'priority 100'), '100');
      const [line = '', ...rest] = short(verdictOf([findingAt(at, { message: `m${message}` })]), plain).split(
        '\n',
      );
      expect(rest).toEqual(['']);
      expect(line).toMatch(gcc);
      expect(line).not.toMatch(dangerous);
    }),
  );
});
