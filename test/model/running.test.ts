import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/model/cluster.ts';
import { daemonFrom } from '../../src/model/from-listings.ts';
import { expectLinear } from '../support/cost.ts';
import { clusterOf } from '../support/lint.ts';
import { sourceOf } from '../support/source.ts';

/* As iproute2 6.1, keepalived 2.2.7, systemd 252 and ethtool 6.1 print; the first two were run for it. */

const LINKS =
  '[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP"],"mtu":65536,"addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host","label":"lo"},{"family":"inet","local":"192.0.2.200","prefixlen":32,"scope":"global","label":"lo:0"}]},{"ifindex":3,"link":"p9","ifname":"eth9","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":1500,"addr_info":[{"family":"inet","local":"192.0.2.11","prefixlen":24,"scope":"global","label":"eth9","valid_life_time":4294967295},{"family":"inet","local":"192.0.2.100","prefixlen":24,"scope":"global","secondary":true,"label":"eth9"},{"family":"inet6","local":"fe80::482f:e9ff:fe8d:f4af","prefixlen":64,"scope":"link"}]}]\n';
const STATES =
  '[{"data":{"iname":"VI_1","dont_track_primary":0,"ifp_ifname":"eth9","vrid":61,"base_priority":150,"state":2,"wantstate":2,"version":2,"vips":["192.0.2.100\\/24 dev eth9 scope global set"],"auth_type":0},"stats":{"advert_rcvd":0,"become_master":1}},{"data":{"iname":"VI_2","state":7}}]';
const VRRP =
  'vrrp_instance VI_1 {\ninterface eth9\nvirtual_router_id 61\nvirtual_ipaddress {\n192.0.2.100/24\n}\n}\n';

async function hostOf(files: Readonly<Record<string, string>>): Promise<Host> {
  const [host] = (await clusterOf(files)).hosts;
  return host as Host;
}

describe('addresses of a running host', () => {
  test('are all there, with the device on which each stands', async () => {
    const { liveAddresses } = await hostOf({ 'lb1$ ip -j address': LINKS });
    expect(
      liveAddresses?.map(({ key, interface: device, prefix }) => `${key}/${prefix?.value} ${device.value}`),
    ).toEqual([
      '127.0.0.1/8 lo',
      '192.0.2.200/32 lo',
      '192.0.2.11/24 eth9',
      '192.0.2.100/24 eth9',
      'fe80::482f:e9ff:fe8d:f4af/64 eth9',
    ]);
  });

  test("are the host's own but for VIPs, the loopback's and link-local ones", async () => {
    const { addresses, ownAddresses } = await hostOf({
      'lb1/keepalived.conf': VRRP,
      'lb1$ ip -j address': LINKS,
    });
    expect([...ownAddresses]).toEqual(['192.0.2.11']);
    expect(addresses?.map(({ key }) => key)).not.toContain('192.0.2.100');
  });

  test('that a script raises in the same way are told once', async () => {
    const { addresses } = await hostOf({
      'rs1/rs.sh': '#!/bin/sh\nip addr add 192.0.2.200/32 dev lo\n',
      'rs1$ ip -j address': LINKS,
    });
    expect(addresses?.filter(({ key }) => key === '192.0.2.200').map(({ by }) => by)).toEqual(['command']);
  });

  test('make a real server of a host without any file', async () => {
    const service =
      'virtual_server 192.0.2.200 80 {\nlb_kind DR\nprotocol TCP\nreal_server 192.0.2.11 80 {\n}\n}\n';
    const { hosts } = await clusterOf({ 'lb1/keepalived.conf': service, 'rs1$ ip -j address': LINKS });
    expect(hosts.map(({ name, roles }) => [name, ...roles])).toEqual([
      ['lb1', 'director'],
      ['rs1', 'real-server'],
    ]);
  });

  test('of a text that is cut off are those before the cut', async () => {
    const { liveAddresses } = await hostOf({ 'lb1$ ip -j address': LINKS.slice(0, 420) });
    expect(liveAddresses?.map(({ key }) => key)).toEqual(['127.0.0.1', '192.0.2.200', '192.0.2.11']);
  });
});

test('states are those that keepalived knows', async () => {
  const { vrrpStates } = await hostOf({ 'lb1$ cat /tmp/keepalived.json': STATES });
  expect(vrrpStates?.map(({ name, state }) => [name, state.value])).toEqual([['VI_1', 'MASTER']]);
});

describe('the daemon', () => {
  const unit = async (text: string) => {
    const { daemon } = await hostOf({ 'lb1$ systemctl show keepalived': text });
    return daemon && [daemon.running.value, daemon.loadedAt?.value];
  };

  test('was last loaded at its start or its last reload', async () => {
    expect(
      await unit(
        'ExecMainStartTimestamp=@1000\nActiveState=active\nActiveEnterTimestamp=@1001\nExecReload={ path=/bin/kill ; start_time=[@5000] ; stop_time=[@5001] }\nStateChangeTimestamp=@5002\n',
      ),
    ).toEqual([true, 5002]);
  });

  test('is asked in UTC: other zones say nothing', async () => {
    expect(await unit('ActiveState=active\nActiveEnterTimestamp=Thu 2026-11-19 09:00:00 UTC\n')).toEqual([
      true,
      Date.UTC(2026, 10, 19, 9) / 1000,
    ]);
    expect(await unit('ActiveState=active\nActiveEnterTimestamp=Thu 2026-11-19 09:00:00 CET\n')).toEqual([
      true,
      undefined,
    ]);
  });

  test('is read at a cost that grows with the text', () => {
    const reload = 'ExecReload={ start_time=[n/a';
    expectLinear(4000, (size) => void daemonFrom(sourceOf(reload.repeat(size), 'unit-state')));
  });

  test('is unknown where the unit says nothing', async () => {
    expect(await unit('Id=keepalived.service\n')).toBeUndefined();
    expect(await unit('ActiveState=inactive\n')).toEqual([false, undefined]);
  });
});

describe('the processes of keepalived', () => {
  const processes = '15 1795182193 keepalived -n -l -D \n16 1795182195 keepalived -n -l -D \n';
  const daemon = async (files: Readonly<Record<string, string>>) => {
    const host = await hostOf(files);
    return (
      host.daemon && [host.daemon.running.value, host.daemon.loadedAt?.value, host.daemon.disabled?.value]
    );
  };

  test('say that it runs, where there are any', async () => {
    expect(await daemon({ 'lb1$ ps': processes })).toEqual([true, undefined, undefined]);
    expect(await daemon({ 'lb1$ ps': '' })).toEqual([false, undefined, undefined]);
  });

  test('know better than its unit, which knows when it was loaded', async () => {
    const unit = 'ActiveState=inactive\nUnitFileState=disabled\nStateChangeTimestamp=@5002\n';
    expect(await daemon({ 'lb1$ ps': processes, 'lb1$ systemctl show keepalived': unit })).toEqual([
      true,
      5002,
      true,
    ]);
  });
});

test('packets that found no room in connection tracking are those of all processors', async () => {
  const row = (drop: string, early: string) =>
    `/proc/net/stat/nf_conntrack:00000007  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 ${drop} ${early} 00000000\n`;
  const head =
    '/proc/net/stat/nf_conntrack:entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error\n';
  const drops = async (text: string) => (await hostOf({ 'lb1$ conntrack': text })).conntrack?.drops.value;
  expect(await drops(`${head}${row('0000000a', '00000001')}${row('00000010', '00000000')}`)).toBe(27);
  expect(await drops(`${head}${row('00000000', '00000000')}`)).toBe(0);
  expect(await drops(head)).toBeUndefined();
  expect(await drops('/proc/sys/net/netfilter/nf_conntrack_max:4096\n')).toBeUndefined();
});

test('sockets that listen have a protocol and a port', async () => {
  const { sockets } = await hostOf({
    'rs1$ sockets':
      '/proc/net/tcp:   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1\n/proc/net/tcp6:   1: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 0\n/proc/net/udp:  9: 00000000:2290 00000000:0000 07 0\n/proc/net/tcp: 2: cut',
  });
  expect(sockets?.map(({ protocol, port }) => `${protocol} ${port}`)).toEqual([
    'TCP 22',
    'TCP 80',
    'UDP 8848',
  ]);
});

test('files have a mode, an owner and an age', async () => {
  const { files } = await hostOf({
    "lb1$ stat -c '%a %U %G %Y %n' /etc/keepalived/*":
      '2750 root keepalived 1795078500 /etc/keepalived/a b.conf\nstat: cannot statx\n',
  });
  expect(
    files?.map(({ path, mode, owner, modifiedAt }) => [path, mode.value, owner, modifiedAt.value]),
  ).toEqual([['/etc/keepalived/a b.conf', 0o2750, 'root', 1795078500]]);
});

test('features belong to the device above them', async () => {
  const { features } = await hostOf({
    'lb1$ ethtool -k eth0 eth1':
      'Features for eth0:\nlarge-receive-offload: off [fixed]\n\ttx-checksum-ipv4: on\nFeatures for eth1:\nlarge-receive-offload: on\n',
  });
  expect(features?.map(({ device, name, on, fixed }) => [device, name, on.value, fixed])).toEqual([
    ['eth0', 'large-receive-offload', false, true],
    ['eth0', 'tx-checksum-ipv4', true, false],
    ['eth1', 'large-receive-offload', true, false],
  ]);
});

test('what nobody looked at is not there', async () => {
  const host = await hostOf({ 'lb1/keepalived.conf': VRRP });
  const parts = [
    ...(['liveAddresses', 'vrrpStates', 'daemon', 'files', 'features', 'addresses'] as const),
    ...(['netfilter', 'links', 'routes', 'policyRules', 'sockets'] as const),
  ];
  for (const part of parts) expect(host[part]).toBeUndefined();
});
