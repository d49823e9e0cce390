import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeJson, sanitize, shorten } from '../../src/report/sanitize.ts';
import { anyCharacter, dangerous } from './samples.ts';

test.each([
  ['priority 100', 'priority 100'],
  ['\x1b[31mred\x07', '␛[31mred␇'],
  ['a\r\n\tb\x7f', 'a␍␊␉b␡'],
  ['\u009b2J', '<U+009B>2J'],
  ['a\u202Eb', 'a<U+202E>b'],
  ['state\u00a0MASTER', 'state<U+00A0>MASTER'],
  ['\ufeffvrrp', '<U+FEFF>vrrp'],
  ['a\u200bb\u3164', 'a<U+200B>b<U+3164>'],
  ['a\ufe0f', 'a<U+FE0F>'],
  ['❤\ufe0f 1\ufe0f\u20e3', '❤\ufe0f 1\ufe0f\u20e3'],
  ['\u{e0041}', '<U+E0041>'],
  ['\ud83d', '<U+D83D>'],
  ['备机 é e\u0301 👍', '备机 é e\u0301 👍'],
])('%j is printed as %j', (given, expected) => {
  expect(sanitize(given)).toBe(expected);
});

test('nothing that a terminal obeys is left, and safe text stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (given) => {
      const safe = sanitize(given);
      expect(safe).not.toMatch(dangerous);
      expect(sanitize(safe)).toBe(safe);
    }),
  );
});

test('JSON loses nothing and holds nothing that a terminal obeys', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (given) => {
      const written = safeJson({ given });
      expect(JSON.parse(written)).toEqual({ given });
      expect(written.replaceAll('\n', '')).not.toMatch(dangerous);
    }),
  );
});

test('an overlong text keeps its head and its tail', () => {
  expect(shorten('abcdefghij', 10)).toBe('abcdefghij');
  expect(shorten('abcdefghijk', 10)).toBe('abcdefg…jk');
});
