import { describe, expect, test } from 'vitest';
import type { DeclaredHost } from '../../src/model/build.ts';
import { clusterOf } from '../support/lint.ts';

const BALANCES =
  'virtual_server 192.0.2.10 80 {\nprotocol TCP\nlb_kind DR\nreal_server 192.0.2.21 80 {\n}\nreal_server 127.0.0.1 80 {\n}\n}\n';
const VRRP = 'vrrp_instance V {\nvirtual_ipaddress {\n192.0.2.10\n}\n}\n';
const raise = (...lines: string[]) => `#!/bin/sh\n${lines.map((line) => `ip addr add ${line}\n`).join('')}`;

async function rolesOf(
  files: Readonly<Record<string, string>>,
  declared: Readonly<Record<string, DeclaredHost>> = {},
): Promise<Record<string, string[]>> {
  const { hosts } = await clusterOf(files, { hosts: new Map(Object.entries(declared)) });
  return Object.fromEntries(hosts.map(({ name, roles }) => [name, [...roles]]));
}

describe('a director', () => {
  test('balances: in keepalived, in a saved table, in a script', async () => {
    const roles = await rolesOf({
      'lb1/keepalived.conf': BALANCES,
      'lb2/ipvsadm.rules': '-A -t 192.0.2.10:80 -s rr\n',
      'lb3/setup.sh': '#!/bin/sh\nipvsadm -A -t 192.0.2.10:80 -s rr\n',
    });
    expect(roles).toEqual({ lb1: ['director'], lb2: ['director'], lb3: ['director'] });
  });

  test('is not who only moves an address', async () => {
    expect(await rolesOf({ 'lb1/keepalived.conf': VRRP })).toEqual({ lb1: [] });
  });

  test('may be a real server at once: a local node, or a backup that holds the VIP on lo', async () => {
    const roles = await rolesOf({
      'lb1/keepalived.conf': BALANCES,
      'lb1/up.sh': raise('192.0.2.21/24 dev eth0'),
      'lb2/keepalived.conf': BALANCES,
      'lb2/up.sh': raise('192.0.2.10/32 dev lo'),
    });
    expect(roles).toEqual({ lb1: ['director', 'real-server'], lb2: ['director', 'real-server'] });
  });

  test('is none for an address on lo that nobody balances, nor for 127.0.0.1', async () => {
    const roles = await rolesOf({
      'lb1/keepalived.conf': BALANCES,
      'lb1/up.sh': raise('10.255.0.1/32 dev lo', '127.0.0.1/8 dev lo'),
    });
    expect(roles).toEqual({ lb1: ['director'] });
  });
});

describe('a real server', () => {
  test.each<[string, string]>([
    ['has an address that a director names', raise('192.0.2.21/24 dev eth0')],
    ['holds a VIP where it is not announced', raise('192.0.2.10/32 dev dummy0')],
    ['holds a VIP anywhere', raise('192.0.2.10/32 dev eth0')],
    ['holds some address on lo', raise('198.51.100.7/32 dev lo')],
  ])('%s', async (_, script) => {
    const roles = await rolesOf({ 'lb1/keepalived.conf': BALANCES, 'web1/up.sh': script });
    expect(roles.web1).toEqual(['real-server']);
  });

  test.each<[string, Record<string, string>]>([
    ['who has an address of its own', { 'web1/up.sh': raise('192.0.2.99/24 dev eth0') }],
    ['who has the loopback address that every director names', { 'web1/up.sh': raise('127.0.0.1/8 dev lo') }],
    [
      'who moves addresses itself',
      { 'web1/up.sh': raise('10.255.0.1/32 dev lo'), 'web1/keepalived.conf': VRRP },
    ],
    ['who only sets kernel keys', { 'web1/sysctl.conf': 'net.ipv4.conf.all.arp_ignore = 1\n' }],
  ])('is not %s', async (_, files) => {
    const roles = await rolesOf({ 'lb1/keepalived.conf': BALANCES, ...files });
    expect(roles.web1).toEqual([]);
  });
});

test('what the settings say goes before what the files seem to say', async () => {
  const files = { 'lb1/keepalived.conf': BALANCES, 'web1/sysctl.conf': 'vm.swappiness = 1\n' };
  const roles = await rolesOf(files, { lb1: { role: 'real-server' }, web1: { role: 'real-server' } });
  expect(roles).toEqual({ lb1: ['real-server'], web1: ['real-server'] });
  const known = await rolesOf(files, { web1: { addresses: ['192.0.2.21'] } });
  expect(known).toEqual({ lb1: ['director'], web1: ['real-server'] });
});
