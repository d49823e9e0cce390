import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskedSlice, maskMessage, maskSecrets } from '../../src/report/mask.ts';
import { anyCharacter, sourceOf } from './samples.ts';

const source = sourceOf(
  'lb1',
  'lb1.conf',
  'vrrp_instance A {\n  auth_pass Tr0ub4dor\n  auth_pass "two words"\n  password secret\n}\n',
);

test.each([
  ['auth_pass 1111 # x', 'auth_pass •••• # x'],
  ['auth_pass "päss wörd"', 'auth_pass "•••••••••"'],
  ['auth_pass 😀', 'auth_pass ••'],
  ['priority 100', 'priority 100'],
])('%j is shown as %j', (line, expected) => {
  expect(maskSecrets(line)).toBe(expected);
});

test('masking never changes the length', () => {
  const unit = fc.constantFrom(
    'auth_pass',
    'password',
    ' ',
    '"',
    '=',
    'key 1 ',
    '://',
    ':',
    '@',
    'ä',
    '😀',
    '中',
    '\t',
    'x',
    '#',
  );
  fc.assert(
    fc.property(fc.string({ unit }), fc.string({ unit: anyCharacter }), (line, tail) => {
      expect(maskSecrets(line + tail)).toHaveLength(line.length + tail.length);
    }),
  );
});

test('a slice hides a secret whose keyword lies outside', () => {
  const start = source.text.indexOf('ub4dor');
  expect(maskedSlice(source, { start, end: start + 8 })).toBe('••••••\n ');
  expect(maskedSlice(source, { start: 0, end: start })).toBe('vrrp_instance A {\n  auth_pass •••');
  expect(maskedSlice(source, { start: 0, end: 5 })).toBe('vrrp_');
});

test.each([
  [
    "the password 'Tr0ub4dor' is longer than 8 characters",
    "the password '•••••••••' is longer than 8 characters",
  ],
  ['only "Tr0ub4do" of it is sent', 'only "••••••••" of it is sent'],
  ['auth_pass Tr0ub4dor, as on lb1', 'auth_pass •••••••••, as on lb1'],
  ['Tr0ub4dor: 9 characters', '•••••••••: 9 characters'],
  ['auth_pass "two words" has a blank', 'auth_pass "•••••••••" has a blank'],
  ['`password secret` stands in no SSL block', '`password ••••••` stands in no SSL block'],
  ['no secret is sent', 'no secret is sent'],
  ['auth_pass is longer than 8 characters', 'auth_pass is longer than 8 characters'],
])('%j is shown as %j', (message, expected) => {
  expect(maskMessage(message, [source])).toBe(expected);
});

test('a message of sources without secrets stays as it is', () => {
  expect(maskMessage('auth_pass 1111', [sourceOf('lb1', 'a', 'priority 100')])).toBe('auth_pass 1111');
});
