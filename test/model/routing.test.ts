import { describe, expect, test } from 'vitest';
import type { Host } from '../../src/model/cluster.ts';
import { gatewayDuties } from '../../src/model/gateways.ts';
import { clusterOf } from '../support/lint.ts';

/* As iproute2 6.1 prints. */

const ROUTES = `[ {
        "dst": "default",
        "gateway": "10.20.0.99",
        "dev": "eth0",
        "flags": [ ]
    },{
        "dst": "10.20.0.0/24",
        "dev": "eth0",
        "protocol": "kernel",
        "scope": "link",
        "prefsrc": "10.20.0.21",
        "flags": [ ]
    },{
        "type": "local",
        "dst": "10.20.0.21",
        "dev": "eth0",
        "table": "local",
        "protocol": "kernel",
        "flags": [ ]
    } ]
[ {
        "dst": "default",
        "dev": "eth0",
        "metric": 1024,
        "flags": [ ],
        "pref": "medium"
    } ]
`;
const RULES =
  '[{"priority":0,"src":"all","table":"local"},{"priority":32766,"src":"all","table":"main"},{"priority":32767,"src":"all","table":"default"}]\n[{"priority":0,"src":"all","table":"local"},{"priority":32766,"src":"all","table":"main"}]\n';
const LINKS =
  '[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536},{"ifindex":2,"ifname":"eth0","flags":["NO-CARRIER","BROADCAST","UP"],"mtu":1500},{"ifindex":3,"link":null,"ifname":"tunl0","flags":["NOARP"],"mtu":1480,"linkinfo":{"info_kind":"ipip","info_data":{"remote":"any"}}}]';
const ADDRESS =
  '[{"ifname":"eth0","addr_info":[{"family":"inet","local":"10.20.0.21","prefixlen":24,"scope":"global"}]}]';
const DIRECTOR =
  'vrrp_instance I {\ninterface eth1\nvirtual_router_id 52\nvirtual_ipaddress {\n10.20.0.1/24\n}\n}\nvirtual_server 198.51.100.200 80 {\nlb_kind NAT\nprotocol TCP\nreal_server 10.20.0.21 80 {\n}\n}\n';

async function hostOf(files: Readonly<Record<string, string>>): Promise<Host> {
  const [host] = (await clusterOf(files)).hosts;
  return host as Host;
}

test('routes have a family, a table, a gateway where there is one', async () => {
  const { routes } = await hostOf({ 'rs1$ ip -j route show table all': ROUTES });
  expect(
    routes?.map(({ family, destination, table, gateway, type }) =>
      [family, destination.value, table, gateway?.value, type].join(' '),
    ),
  ).toEqual([
    '4 default main 10.20.0.99 unicast',
    '4 10.20.0.0/24 main  unicast',
    '4 10.20.0.21 local  local',
    '6 default main  unicast',
  ]);
});

test('links are up or down, with or without a cable', async () => {
  const { links } = await hostOf({ 'rs1$ ip -j -d link show': LINKS });
  expect(links?.map(({ name, up, hasCarrier, kind }) => [name, up.value, hasCarrier, kind])).toEqual([
    ['lo', true, true, undefined],
    ['eth0', true, false, undefined],
    ['tunl0', false, true, 'ipip'],
  ]);
});

test('of the rules of the routing policy only those count that somebody added', async () => {
  const { policyRules } = await hostOf({
    'rs1$ ip -j rule show':
      '[{"priority":0,"src":"all","table":"local"},{"priority":100,"src":"10.20.0.21","table":"main"},{"priority":200,"src":"all","fwmark":"0x1","table":"100"},{"priority":32766,"src":"all","table":"main"}]',
  });
  expect(policyRules?.map(({ table }) => table)).toEqual(['main', '100']);
});

describe('the gateway of a running real server', () => {
  const gateways = async (files: Readonly<Record<string, string>>) => {
    const cluster = await clusterOf({
      'lb1/keepalived.conf': DIRECTOR,
      'rs1$ ip -j address': ADDRESS,
      ...files,
    });
    return [...gatewayDuties(cluster, ['NAT'])].map(({ gateway, kind }) => `${gateway.value} ${kind}`);
  };
  const routes = (text: string, rules = RULES) =>
    gateways({ 'rs1$ ip -j route show table all': text, 'rs1$ ip -j rule show': rules });

  test('is that of its default route', async () => {
    expect(await routes(ROUTES)).toEqual(['10.20.0.99 beside']);
    expect(await routes(ROUTES.replace('10.20.0.99', '10.20.0.1'))).toEqual(['10.20.0.1 floating']);
  });

  test('is the one with the lowest metric', async () => {
    const two = (one: number, other: number) =>
      `[{"dst":"default","gateway":"10.20.0.1","metric":${one}},{"dst":"default","gateway":"10.20.0.99","metric":${other}}]`;
    expect(await routes(two(100, 50))).toEqual(['10.20.0.99 beside']);
    expect(await routes(two(50, 50))).toEqual([]);
  });

  test('is unknown where rules may send answers another way, and where nobody saw them', async () => {
    expect(await routes(ROUTES, '[{"priority":9,"src":"10.20.0.21","table":"7"}]')).toEqual([]);
    expect(await gateways({ 'rs1$ ip -j route show table all': ROUTES })).toEqual([]);
  });

  test('is none of our business where other routes lead to the directors', async () => {
    const other = '{"dst":"203.0.113.0/24","gateway":"10.20.0.1","dev":"eth0"}';
    expect(await routes(ROUTES.replace('[ {', `[ ${other}, {`))).toEqual([]);
  });

  test('counts before what a script would do', async () => {
    const script = '#!/bin/sh\nip route add default via 10.20.0.1\n';
    const seen = { 'rs1$ ip -j route show table all': ROUTES, 'rs1$ ip -j rule show': RULES };
    expect(await gateways({ 'rs1/rs.sh': script, ...seen })).toEqual(['10.20.0.99 beside']);
  });
});
