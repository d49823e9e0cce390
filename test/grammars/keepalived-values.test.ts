import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressFamily,
  readBoolean,
  readInteger,
  readMethod,
  readProtocol,
  readScheduler,
  readSeconds,
} from '../../grammars/keepalived/values.ts';

describe('numbers as keepalived 2.2.7 takes them', () => {
  test.each<[string, number | undefined]>([
    ['100', 100],
    ['+100', 100],
    ['0100', 100],
    ['  64', 64],
    ['0', 0],
    ['255', 255],
    ['256', undefined],
    ['-1', undefined],
    ['-0', undefined],
    ['0x64', undefined],
    ['1.5', undefined],
    ['100;', undefined],
    ['99999999999999999999', undefined],
    ['', undefined],
    ['+', undefined],
    ['=', undefined],
  ])('whole number %j', (text, value) => expect(readInteger(text, 0, 255)).toBe(value));

  test('a minus counts where negative numbers are legal', () => {
    expect(readInteger('-253', -253, 253)).toBe(-253);
    expect(readInteger('-254', -253, 253)).toBeUndefined();
    expect(Object.is(readInteger('-0', -253, 253), 0)).toBe(true);
  });

  test.each<[string, number | undefined]>([
    ['1', 1],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['6.', 6],
    ['+1.11', 1.11],
    ['255.000', 255],
    ['0.000001', 0.000001],
    ['0.0000001', undefined],
    ['.', undefined],
    ['1.2.3', undefined],
    ['5s', undefined],
    ['-1', undefined],
    ['', undefined],
  ])('seconds %j', (text, value) => expect(readSeconds(text, 0.000001, 255)).toBe(value));
});

describe('words', () => {
  test('a switch without a word is on; 1, 0 and capitals are no switch', () => {
    expect([undefined, 'on', 'true', 'yes'].map(readBoolean)).toEqual([true, true, true, true]);
    expect(['off', 'false', 'no'].map(readBoolean)).toEqual([false, false, false]);
    expect(['1', '0', 'ON', 'True', ''].map(readBoolean)).toEqual(Array(5).fill(undefined));
  });

  test('only the protocol is compared without regard to case', () => {
    expect([readProtocol('tcp'), readProtocol('Sctp'), readProtocol('ICMP')]).toEqual([
      'TCP',
      'SCTP',
      undefined,
    ]);
    expect([readScheduler('wrr'), readScheduler('WRR')]).toEqual(['wrr', undefined]);
    expect([readMethod('DR'), readMethod('dr'), readMethod('FNAT')]).toEqual(['DR', undefined, undefined]);
  });
});

describe('addresses', () => {
  const part = fc.oneof(
    fc.integer({ min: 0, max: 300 }).map(String),
    fc.integer({ min: 0, max: 0x1ffff }).map((number) => number.toString(16)),
    fc.constantFrom('', '00', '01', 'g'),
  );
  const addressLike = fc
    .array(fc.tuple(part, fc.constantFrom('.', ':', '::', '')), { minLength: 1, maxLength: 9 })
    .map((parts) => parts.flat().join(''));

  test('the family is what the system library says', () => {
    fc.assert(
      fc.property(fc.oneof(addressLike, fc.ipV4(), fc.ipV6()), (text) => {
        expect(addressFamily(text) ?? 0).toBe(isIP(text));
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    '010.0.0.1',
    '10.0.0.1/24',
    '[fd00::1]',
    'fe80::1%eth0',
    '10.0.0.1:80',
    'web1',
    '',
    ':',
    '::1:',
  ])('%j is none', (text) => expect(addressFamily(text)).toBeUndefined());
});
