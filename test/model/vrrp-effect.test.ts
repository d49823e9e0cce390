import { expect, test } from 'vitest';
import type { VrrpInstance } from '../../src/model/vrrp.ts';
import {
  advertIntOf,
  authenticationOf,
  dropsVipTraffic,
  isUnicast,
  multicastGroupOf,
  settingOf,
} from '../../src/model/vrrp-effect.ts';
import { clusterOf } from '../support/lint.ts';

/** The instance and its host of a file that says these lines, globally and for the instance. */
async function read(lines: string, globals = '') {
  const text = `global_defs {\n${globals}\n}\nvrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 61\n${lines}\n}\n`;
  const { hosts } = await clusterOf({ 'lb1/keepalived.conf': text });
  const [host] = hosts;
  if (host?.vrrp?.[0] === undefined) throw new Error('no instance');
  return { host, instance: host.vrrp[0] as VrrpInstance };
}

const VIP = 'virtual_ipaddress {\n192.0.2.100/24\n}';

// keepalived 2.2.7 says of each: "Advert interval = …".
test.each([
  ['', '', 1],
  ['advert_int 0.3', '', 1],
  ['advert_int 1.4', '', 1],
  ['advert_int 1.5', '', 2],
  ['advert_int 2.5', '', 3],
  ['advert_int 0.255', 'vrrp_version 3', 0.26],
  ['advert_int 60', 'vrrp_version 3', 40.95],
  ['advert_int 60', '', 60],
])('%s with %s advertises every %s s', async (line, globals, seconds) => {
  const { instance } = await read(`${line}\n${VIP}`, globals);
  expect(advertIntOf(instance)).toBe(seconds);
});

test('an invalid priority is 100 whatever the state, a missing one of a MASTER 255', async () => {
  expect((await read(`state MASTER\npriority 300\n${VIP}`)).instance.priority.value).toBe(100);
  expect((await read(`state MASTER\n${VIP}`)).instance.priority.value).toBe(255);
  expect((await read(VIP)).instance.priority.value).toBe(100);
});

test('only 8 characters of a password travel, and none in strict mode, version 3 or without a type', async () => {
  const block = 'authentication {\nauth_type PASS\nauth_pass 123456789\n}';
  expect(authenticationOf((await read(`${block}\n${VIP}`)).instance)?.password).toBe('12345678');
  for (const [lines, globals] of [
    [block, 'vrrp_strict'],
    [block, 'vrrp_version 3'],
    ['authentication {\nauth_pass 123456789\n}', ''],
    ['authentication {\nauth_type PASS\n}', ''],
  ])
    expect(authenticationOf((await read(`${lines}\n${VIP}`, globals)).instance)).toBeUndefined();
});

test('a unicast keyword without a peer is multicast', async () => {
  expect(isUnicast((await read(`unicast_src_ip 192.0.2.11\n${VIP}`)).instance)).toBe(false);
  expect(isUnicast((await read(`unicast_peer {\n192.0.2.12\n}\n${VIP}`)).instance)).toBe(true);
  expect(isUnicast((await read(`unicast_fault_no_peer\n${VIP}`)).instance)).toBe(true);
});

test('the multicast group is that of the instance, of all, or the usual one of the family', async () => {
  const group = async (lines: string, globals = '') =>
    multicastGroupOf((await read(lines, globals)).instance);
  expect(await group(VIP)).toBe('224.0.0.18');
  expect(await group('virtual_ipaddress {\nfe80::100/64\n}')).toBe('ff02::12');
  expect(await group(VIP, 'vrrp_mcast_group4 224.0.0.118')).toBe('224.0.0.118');
  expect(await group(`mcast_dst_ip 224.0.0.119\n${VIP}`, 'vrrp_mcast_group4 224.0.0.118')).toBe(
    '224.0.0.119',
  );
});

test('a keyword of the instance goes before the default of all', async () => {
  const { host, instance } = await read(`garp_master_delay 7\n${VIP}`, 'vrrp_garp_master_delay 9');
  expect(settingOf(host, instance, 'garp_master_delay')?.value).toBe('7');
  expect(settingOf(host, instance, 'garp_master_refresh')).toBeUndefined();
});

test('accept undoes strict mode in version 3 only', async () => {
  const dropped = async (lines: string, globals: string) =>
    dropsVipTraffic((await read(`${lines}\n${VIP}`, globals)).instance) !== undefined;
  expect(await dropped('', 'vrrp_strict')).toBe(true);
  expect(await dropped('accept', 'vrrp_strict')).toBe(true);
  expect(await dropped('accept', 'vrrp_strict\nvrrp_version 3')).toBe(false);
  expect(await dropped('priority 255', 'vrrp_strict')).toBe(false);
  expect(await dropped('no_accept', '')).toBe(true);
});

test('an instance has no interface but its own: default_interface is for static addresses', async () => {
  const { hosts } = await clusterOf({
    'lb1/keepalived.conf': `global_defs {\ndefault_interface eth0\n}\nvrrp_instance VI_1 {\nvirtual_router_id 61\n${VIP}\n}\n`,
  });
  expect(hosts[0]?.vrrp?.[0]?.interface).toBeUndefined();
});
