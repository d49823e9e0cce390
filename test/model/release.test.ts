import { expect, test } from 'vitest';
import { isBefore } from '../../src/model/release.ts';

test.each([
  ['5.8', '5.9', true],
  ['5.8', '5.10', true],
  ['5.10', '5.9', false],
  ['5.9', '5.9', false],
  ['4.18.0-553.el8_10.x86_64', '5.9', true],
  ['6', '5.9', false],
  ['5', '5.9', true],
  ['2.2.7', '2.2.7.1', true],
  ['mainline', '5.9', false],
  ['', '5.9', false],
])('%s before %s: %s', (release, other, expected) => {
  expect(isBefore(release, other)).toBe(expected);
});

test('an unknown release comes before none', () => {
  expect(isBefore(undefined, '5.9')).toBe(false);
});
