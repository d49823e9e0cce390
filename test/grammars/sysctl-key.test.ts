import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globMatches, sysctlName, sysctlPath } from '../../grammars/sysctl/read.ts';

test.each([
  ['net.ipv4.conf.eth0.rp_filter', 'net/ipv4/conf/eth0/rp_filter'],
  ['net/ipv4/conf/eth0/rp_filter', 'net/ipv4/conf/eth0/rp_filter'],
  ['net.ipv4.conf.eth0.100.rp_filter', 'net/ipv4/conf/eth0/100/rp_filter'],
  ['net.ipv4.conf.eth0/100.rp_filter', 'net/ipv4/conf/eth0.100/rp_filter'],
  ['net/ipv4/conf/eth0.100/rp_filter', 'net/ipv4/conf/eth0.100/rp_filter'],
  ['net..ipv4.ip_forward', 'net/ipv4/ip_forward'],
  ['/net/ipv4/ip_forward', 'net/ipv4/ip_forward'],
  ['/proc/sys/net/ipv4/ip_forward', 'net/ipv4/ip_forward'],
  ['', ''],
])('the first separator of %s decides', (key, path) => {
  expect(sysctlPath(key)).toBe(path);
});

test('a path is named as sysctl prints it, and read back as the same path', () => {
  expect(sysctlName('net/ipv4/conf/eth0.100/rp_filter')).toBe('net.ipv4.conf.eth0/100.rp_filter');
  const segment = fc.stringMatching(/^[a-z_][a-z0-9_.]*[a-z0-9]$/);
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{2,6}$/), fc.array(segment, { minLength: 1 }), (root, rest) => {
      const path = [root, ...rest].join('/');
      expect(sysctlPath(sysctlName(path))).toBe(path);
    }),
  );
});

test.each([
  ['net/ipv4/conf/*/rp_filter', 'net/ipv4/conf/all/rp_filter', true],
  ['net/ipv4/conf/*/rp_filter', 'net/ipv4/conf/eth0.100/rp_filter', true],
  ['net/ipv4/*/rp_filter', 'net/ipv4/conf/all/rp_filter', false],
  ['net/ipv4/conf/eth?/rp_filter', 'net/ipv4/conf/eth1/rp_filter', true],
  ['net/ipv4/conf/eth?/rp_filter', 'net/ipv4/conf/eth10/rp_filter', false],
  ['net/ipv4/conf/[al]*/arp_ignore', 'net/ipv4/conf/lo/arp_ignore', true],
  ['net/ipv4/conf/[!a-k]*/arp_ignore', 'net/ipv4/conf/eth0/arp_ignore', false],
  ['net/ipv4/conf/*a*b*c/x', 'net/ipv4/conf/xaybzc/x', true],
  ['net/ipv4/conf/*a*b*c/x', 'net/ipv4/conf/xaybz/x', false],
])('%s and %s: %s', (pattern, path, matches) => {
  expect(globMatches(pattern, path)).toBe(matches);
});
