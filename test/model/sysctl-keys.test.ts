import { describe, expect, test } from 'vitest';
import { confTarget } from '../../src/model/conf-keys.ts';
import { IPVS_KEYS, knownKey, moduleOf, obsoleteKey } from '../../src/model/sysctl-keys.ts';

describe('defaults', () => {
  test.each([
    ['net/ipv4/vs/sync_threshold', '3 50'],
    ['net/ipv4/vs/conn_reuse_mode', '1'],
    ['net/core/somaxconn', '4096'],
    ['net/netfilter/nf_conntrack_tcp_timeout_established', '432000'],
    ['net/ipv4/conf/all/send_redirects', '1'],
    ['net/ipv4/conf/all/accept_source_route', '0'],
    ['net/ipv4/conf/eth0.100/accept_source_route', '1'],
    ['net/ipv4/conf/*/rp_filter', '0'],
  ])('%s is %s', (path, value) => {
    expect(knownKey(path)?.value).toBe(value);
  });

  test('older kernels may have another', () => {
    expect(knownKey('net/core/somaxconn')?.before).toEqual({ kernel: '5.4', value: '128' });
  });

  test('nothing is claimed of other keys', () => {
    expect(knownKey('net/ipv4/made_up')).toBeUndefined();
    expect(knownKey('net/ipv6/conf/all/arp_ignore')).toBeUndefined();
    expect(knownKey('net/ipv4/conf/all/constructor')).toBeUndefined();
  });
});

describe('keys of old advice', () => {
  test.each([
    ['net/ipv4/ip_conntrack_max', 'gone', 'net/netfilter/nf_conntrack_max'],
    [
      'net/ipv4/netfilter/ip_conntrack_tcp_timeout_established',
      'gone',
      'net/netfilter/nf_conntrack_tcp_timeout_established',
    ],
    ['net/ipv4/tcp_tw_recycle', 'gone', undefined],
    ['net/ipv4/vs/timeout_established', 'gone', undefined],
    ['net/ipv4/tcp_fack', 'without-effect', undefined],
    ['net/ipv4/conf/lo/hidden', 'never', undefined],
    ['net/ipv4/conf/*/hidden', 'never', undefined],
  ])('%s is %s', (path, state, instead) => {
    const found = obsoleteKey(path);
    expect([found?.state, found?.instead]).toEqual([state, instead]);
  });

  test.each(['net/ipv4/tcp_tw_reuse', 'net/netfilter/nf_conntrack_max', 'net/ipv4/conf/lo/arp_ignore'])(
    '%s is of today',
    (path) => expect(obsoleteKey(path)).toBeUndefined(),
  );

  test('no key is both known and obsolete', () => {
    const both = IPVS_KEYS.filter((name) => obsoleteKey(`net/ipv4/vs/${name}`));
    expect(both).toEqual([]);
  });
});

test('a key says which module it waits for', () => {
  expect(moduleOf('net/ipv4/vs/conntrack')).toBe('ip_vs');
  expect(moduleOf('net/netfilter/nf_conntrack_max')).toBe('nf_conntrack');
  expect(moduleOf('net/nf_conntrack_max')).toBe('nf_conntrack');
  expect(moduleOf('net/bridge/bridge-nf-call-iptables')).toBe('br_netfilter');
  expect(moduleOf('net/ipv4/ip_forward')).toBeUndefined();
});

test('a path under conf or neigh is taken apart', () => {
  expect(confTarget('net/ipv4/conf/eth0.100/rp_filter')).toEqual({
    family: 4,
    table: 'conf',
    device: 'eth0.100',
    name: 'rp_filter',
  });
  expect(confTarget('net/ipv6/neigh/default/gc_thresh3')?.table).toBe('neigh');
  expect(confTarget('net/ipv4/conf/eth0/100/rp_filter')).toBeUndefined();
});
