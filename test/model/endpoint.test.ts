import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as endpoint from '../../src/model/endpoint.ts';

const { addressKey } = endpoint;

describe('addressKey', () => {
  test.each(['0.0.0.0', '10.0.0.1', '203.0.113.255', '255.255.255.255'])('%s is its own key', (text) => {
    expect(addressKey(text)).toBe(text);
  });

  test.each([
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['::', '::'],
    ['0:0:0:1:0:0:0:1', '::1:0:0:0:1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['::ffff:192.0.2.1', addressKey('::ffff:c000:201')],
  ])('%s', (text, key) => {
    expect(addressKey(text)).toBe(key);
  });

  test.each([
    '',
    '10.1',
    '10.0.0.01',
    '10.0.0.256',
    '10.0.0.1.',
    '.10.0.0.1',
    '10..0.1',
    '10.0.0.1 ',
    '10.0.0.0/8',
    '0x0a.0.0.1',
    'lb1',
    'eth0:1',
    '2001:db8::1::1',
    '2001:db8::1/64',
    '[2001:db8::1]',
    'fe80::1%',
    ':'.repeat(100_000),
  ])('%j is no address', (text) => {
    expect(addressKey(text)).toBeUndefined();
  });

  test('every spelling of an address has one key, and a key is its own', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const key = addressKey(text);
        expect(key).toBeDefined();
        expect(addressKey(key ?? '')).toBe(key);
        expect(addressKey(text.toUpperCase())).toBe(key);
      }),
    );
  });

  test('no text makes it throw', () => {
    const unit = fc.constantFrom(...'0123456789abcfABF:.%/[]x \n');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 50 }), (text) => {
        const key = addressKey(text);
        if (key !== undefined) expect(addressKey(key)).toBe(key);
      }),
      { numRuns: 2000 },
    );
  });
});

test('keys of endpoints', () => {
  expect(endpoint.endpointKey('TCP', '10.0.0.1', 80)).toBe('TCP 10.0.0.1:80');
  expect(endpoint.endpointKey('UDP', '2001:db8::1', 53)).toBe('UDP [2001:db8::1]:53');
  expect(endpoint.markKey(1, 4)).toBe('FWM 1/4');
  expect(endpoint.familyOf('10.0.0.1')).toBe(4);
  expect(endpoint.familyOf('::1')).toBe(6);
});

describe('networks', () => {
  test.each([
    ['10.0.0.1', 24, '10.0.0.254', true],
    ['10.0.0.1', 24, '10.0.1.1', false],
    ['10.0.0.1', 0, '203.0.113.5', true],
    ['10.0.0.1', 32, '10.0.0.1', true],
    ['10.0.0.1', 32, '10.0.0.2', false],
    ['128.0.0.1', 1, '200.0.0.1', true],
    ['2001:db8::1', 64, '2001:db8::ffff:0:0:1', true],
    ['2001:db8::1', 64, '2001:db8:0:1::1', false],
    ['2001:db8::1', 128, '2001:DB8:0::1', true],
    ['10.0.0.1', 24, '::ffff:10.0.0.2', false],
    ['10.0.0.1', 24, 'lb1', false],
    ['lb1', 24, 'lb1', false],
    ['10.0.0.1', Number.NaN, '10.0.0.1', true],
  ])('%s/%i and %s: %s', (address, prefix, other, same) => {
    expect(endpoint.sameSubnet(address, prefix, other)).toBe(same);
  });

  test.each([
    ['10.0.0.0', 24, 'network'],
    ['10.0.0.255', 24, 'broadcast'],
    ['10.0.0.7', 29, 'broadcast'],
    ['10.0.0.8', 29, 'network'],
    ['10.0.1.0', 23, 'host'],
    ['10.0.0.0', 31, 'host'],
    ['10.0.0.1', 31, 'host'],
    ['10.0.0.0', 32, 'host'],
    ['2001:db8::', 64, 'host'],
    ['lb1', 24, 'host'],
  ])('%s/%i is a %s address', (address, prefix, kind) => {
    expect(endpoint.isNetworkAddress(address, prefix)).toBe(kind === 'network');
    expect(endpoint.isBroadcastAddress(address, prefix)).toBe(kind === 'broadcast');
  });

  test('kinds of addresses', () => {
    const multicast = ['224.0.0.18', '239.255.255.255', 'ff02::12', '223.0.0.1', '240.0.0.1', 'ff::1', '::1'];
    expect(multicast.filter(endpoint.isMulticastAddress)).toEqual(multicast.slice(0, 3));
    expect(['127.0.0.1', '127.9.9.9', '::1', '128.0.0.1', '::2'].filter(endpoint.isLoopbackAddress)).toEqual([
      '127.0.0.1',
      '127.9.9.9',
      '::1',
    ]);
  });

  test('the higher address wins by value, not by text', () => {
    const sorted = [
      '9.0.0.1',
      '10.0.0.2',
      '10.0.0.10',
      '200.0.0.1',
      '2001:db8::9',
      '2001:db8::a',
      '2001:db8::10',
    ];
    expect(sorted.toReversed().sort(endpoint.compareAddresses)).toEqual(sorted);
  });
});
