import { describe, expect, test } from 'vitest';
import { detectionTime, fastestCheck, longestPart } from '../../src/model/check-timing.ts';
import { networkKey } from '../../src/model/endpoint.ts';
import { granularityPrefix } from '../../src/model/granularity.ts';
import { ipvsTimeouts } from '../../src/model/ipvs-timeouts.ts';
import { markRules } from '../../src/model/mark-rules.ts';
import { checkedPort, onlyPort, servedPort, servicePorts } from '../../src/model/ports.ts';
import { repeatedServer } from '../../src/model/repeated-server.ts';
import type { VirtualService } from '../../src/model/service.ts';
import { traitsOf, usesCheck } from '../../src/model/service-traits.ts';
import { isOnLink, subnetsOf } from '../../src/model/subnets.ts';
import { commonDivisor, hasDynamicWeights, hashTableOf, totalWeight } from '../../src/model/weights.ts';
import { clusterOf } from '../support/lint.ts';

async function serviceOf(text: string): Promise<VirtualService> {
  const cluster = await clusterOf({ 'lb1/keepalived.conf': text });
  return cluster.hosts[0]?.services?.[0] as VirtualService;
}

const service = (head: string, ...lines: string[]) =>
  serviceOf(`virtual_server ${head} {\n    protocol TCP\n    lb_kind DR\n${lines.join('\n')}\n}\n`);
const server = (head: string, ...lines: string[]) => `real_server ${head} {\n${lines.join('\n')}\n}`;
const GROUP = 'virtual_server_group G {\n    192.0.2.1 80\n    192.0.2.1 443\n}\n';

describe('persistence that nobody wrote (keepalived 2.2.7 on Linux 6.1)', () => {
  test.each([
    ['192.0.2.1 80', ['persistence_granularity 255.255.255.0'], 360],
    ['192.0.2.1 0', [], 360],
    ['192.0.2.1 0', ['persistence_timeout 60'], 60],
    ['192.0.2.1 80', ['persistence_timeout 0'], undefined],
    ['192.0.2.1 80', ['persistence_timeout'], 360],
    ['192.0.2.1 80', [], undefined],
  ])('%s %j', async (head, lines, seconds) => {
    const { persistence } = await service(head, ...lines, server('192.0.2.21 80'));
    expect(persistence?.value).toBe(seconds);
  });

  test('what is refused is kept as it stands, what is decided later is not', async () => {
    const refused = await service('192.0.2.1 80', 'persistence_timeout 9999999', server('192.0.2.21 80'));
    expect(refused.refusedPersistence?.value).toBe('9999999');
    const open = await service('192.0.2.1 80', 'persistence_timeout ${_RANDOM 1 9}', server('192.0.2.21 80'));
    expect(open.refusedPersistence).toBeUndefined();
  });
});

describe('ports', () => {
  test('of a plain service, of every port, of a group and of a mark', async () => {
    expect(servicePorts(await service('192.0.2.1 80', server('192.0.2.21')))).toEqual([80]);
    expect(onlyPort(await service('192.0.2.1 80', server('192.0.2.21')))).toBe(80);
    expect(onlyPort(await service('192.0.2.1 0', server('192.0.2.21')))).toBeUndefined();
    const group = await serviceOf(`${GROUP}virtual_server group G {\n${server('192.0.2.21')}\n}`);
    expect([servicePorts(group), onlyPort(group)]).toEqual([[80, 443], undefined]);
    expect(servicePorts(await service('fwmark 4', server('192.0.2.21')))).toEqual([]);
  });

  test.each([
    ['192.0.2.1 80', '192.0.2.21', 80, 80],
    ['192.0.2.1 80', '192.0.2.21 8080', 8080, 80],
    ['192.0.2.1 0', '192.0.2.21 0', 0, undefined],
    ['fwmark 4', '192.0.2.21', 0, undefined],
    ['fwmark 4', '192.0.2.21 80', 80, undefined],
  ])('%s with %s is checked on %j and served on %j', async (head, name, checked, served) => {
    const one = await service(head, server(name, 'TCP_CHECK {', '}'));
    const [first] = one.realServers;
    const [check] = first?.checkers ?? [];
    if (first === undefined || check === undefined) throw new Error('no check');
    expect([checkedPort(one, first, check), servedPort(one, first)]).toEqual([checked, served]);
  });

  test('NAT serves on the port of the server, and a group lends none', async () => {
    const nat = await service('192.0.2.1 80', server('10.0.0.21 8080', 'lvs_method NAT'));
    expect(nat.realServers[0] && servedPort(nat, nat.realServers[0])).toBe(8080);
    const group = await serviceOf(
      `${GROUP}virtual_server group G {\n${server('192.0.2.21', 'TCP_CHECK {', '}')}\n}`,
    );
    const [first] = group.realServers;
    expect(first?.checkers?.[0] && checkedPort(group, first, first.checkers[0])).toBe(0);
  });
});

test('a mark of a group belongs to the family of its servers', async () => {
  const text = `virtual_server_group G {\n    fwmark 4\n}\nvirtual_server group G {\n${server('2001:db8::21')}\n}`;
  expect((await serviceOf(text)).endpoints[0]?.key).toBe('FWM 4/6');
});

test('weights and the tables of hash schedulers', async () => {
  const one = (...lines: string[]) =>
    service(
      '192.0.2.1 80',
      ...lines,
      server('192.0.2.21 80', 'weight 6'),
      server('192.0.2.22 80', 'weight 4'),
    );
  expect(totalWeight(await one())).toBe(10);
  expect([commonDivisor([6, 4]), commonDivisor([0, 5]), commonDivisor([])]).toEqual([2, 5, 0]);
  expect(hashTableOf(await one('lb_algo sh'))).toEqual({ places: 256, asked: 10 });
  expect(hashTableOf(await one('lb_algo mh'))).toEqual({ places: 4093, asked: 5 });
  expect(hashTableOf(await one('lb_algo rr'))).toBeUndefined();
  expect(hasDynamicWeights(await one())).toBe(false);
  const load = server('192.0.2.23 80', 'MISC_CHECK {', 'misc_path /bin/load', 'misc_dynamic', '}');
  expect(hasDynamicWeights(await one(load))).toBe(true);
});

test.each([
  ['192.0.2.1 80', '255.255.255.0', 24],
  ['192.0.2.1 80', '255.255.255.255', 32],
  ['192.0.2.1 80', '0.0.0.0', 0],
  ['192.0.2.1 80', '255.0.255.0', undefined],
  ['192.0.2.1 80', '24', undefined],
  ['192.0.2.1 80', '', undefined],
  ['2001:db8::1 80', '64', 64],
  ['2001:db8::1 80', '129', undefined],
  ['2001:db8::1 80', '255.255.255.0', undefined],
])('%s takes the granularity %j as /%j', async (head, mask, prefix) => {
  expect(granularityPrefix(await service(head), mask)).toBe(prefix);
});

describe('how long a check takes (numbers of keepalived 2.2.7 where nothing is written)', () => {
  const check = async (...lines: string[]) => {
    const one = await service('192.0.2.1 80', 'delay_loop 6', server('192.0.2.21 80', ...lines));
    return one.realServers[0];
  };
  test.each([
    [['TCP_CHECK {', '}'], 6 + 2 * 5 + 1],
    [['TCP_CHECK {', 'connect_timeout 3', 'retry 3', 'delay_before_retry 3', '}'], 6 + 4 * 3 + 3 * 3],
    [['HTTP_GET {', 'connect_timeout 3', '}'], 6 + 2 * 3 + 3],
    [['DNS_CHECK {', 'connect_timeout 1', '}'], 6 + 4 * 1 + 3 * 6],
    [['MISC_CHECK {', 'misc_path /bin/true', '}'], 6 + 6],
    [['MISC_CHECK {', 'misc_path /bin/true', 'misc_timeout 2', '}'], 6 + 2],
    [['BFD_CHECK {', 'name B1', '}'], undefined],
  ])('%j', async (lines, seconds) => {
    const [first] = (await check(...lines))?.checkers ?? [];
    expect(first && detectionTime(first)).toBe(seconds);
  });

  test('the fastest of several counts, and none where one is told at once', async () => {
    const two = await check('SMTP_CHECK {', 'retry 9', '}', 'TCP_CHECK {', '}');
    expect(two && fastestCheck(two)?.kind).toBe('TCP_CHECK');
    const told = await check('TCP_CHECK {', '}', 'FILE_CHECK {', 'track_file f', '}');
    expect(told && fastestCheck(told)).toBeUndefined();
  });

  test('what takes longest', async () => {
    const longest = async (...lines: string[]) => {
      const [first] = (await check('TCP_CHECK {', ...lines, '}'))?.checkers ?? [];
      return first && longestPart(first)?.value;
    };
    expect(await longest('connect_timeout 1')).toBe(6);
    expect(await longest('connect_timeout 4')).toBe(4);
    expect(await longest('retry 5', 'connect_timeout 1', 'delay_before_retry 20')).toBe(20);
  });
});

test('what the servers of a service have, in one look', async () => {
  const one = await service(
    '192.0.2.1 80',
    server('192.0.2.21 80', 'weight 3', 'TCP_CHECK {', '}'),
    server('192.0.2.22 8080', 'weight 0', 'lvs_method NAT', 'inhibit_on_failure', 'uthreshold 9'),
    server('127.0.0.1 80', 'HTTP_GET {', 'connect_port 81', '}'),
  );
  expect(traitsOf(one)).toMatchObject({
    direct: true,
    nat: true,
    leastWeight: 1,
    mostWeight: 3,
    idle: 1,
    hasThresholds: true,
    inhibits: true,
    hasOddPorts: true,
    hasOddAddresses: true,
    hasUnchecked: true,
    aimsElsewhere: true,
  });
  expect([usesCheck(one, 'HTTP_GET'), usesCheck(one, 'MISC_CHECK', 'DNS_CHECK')]).toEqual([true, false]);
  const plain = await service('192.0.2.1 80', server('192.0.2.21 80', 'TCP_CHECK {', 'connect_port 80', '}'));
  expect(traitsOf(plain)).toMatchObject({
    nat: false,
    idle: 0,
    hasThresholds: false,
    inhibits: false,
    hasOddPorts: false,
    hasOddAddresses: false,
    hasUnchecked: false,
    aimsElsewhere: false,
  });
});

test.each([3, 40])('a server that is listed twice among %i', async (count) => {
  const servers = Array.from({ length: count }, (_, at) => server(`192.0.2.${at + 1} 80`));
  expect(repeatedServer(await service('203.0.113.1 80', ...servers))).toBeUndefined();
  const again = await service('203.0.113.1 80', ...servers, server('192.0.2.2 80'));
  expect(repeatedServer(again)).toBe(again.realServers.at(-1));
});

describe('networks', () => {
  test('by one text', () => {
    expect(networkKey('192.0.2.1', 24)).toBe(networkKey('192.0.2.254', 24));
    expect(networkKey('192.0.2.1', 25)).not.toBe(networkKey('192.0.2.254', 25));
    expect(networkKey('2001:db8::1', 64)).toBe(networkKey('2001:db8:0:0:ffff::', 64));
    expect(networkKey('web1', 24)).toBeUndefined();
  });

  test('that the files of a director give away', async () => {
    const vrrp =
      'vrrp_instance A {\n interface eth0\n virtual_router_id 1\n virtual_ipaddress {\n 192.0.2.10/24\n 198.51.100.10\n }\n}\n';
    const { hosts } = await clusterOf({ 'lb1/keepalived.conf': vrrp });
    const subnets = hosts[0] && subnetsOf(hosts[0]);
    if (subnets === undefined) throw new Error('no host');
    expect(
      ['192.0.2.99', '198.51.100.10', '2001:db8::1'].map((address) => isOnLink(subnets, address)),
    ).toEqual([true, false, undefined]);
  });
});

describe('scripts', () => {
  const hostOf = async (script: string) =>
    (await clusterOf({ 'lb1/lvs.sh': `#!/bin/sh\n${script}\n` })).hosts[0];
  const MARK = 'iptables -t mangle -A PREROUTING -d 192.0.2.1 -j MARK --set-mark';

  test.each([
    [`${MARK} 7`, [7]],
    [`${MARK} 0x10/0xff`, [16]],
    [`${MARK} 010`, [8]],
    [`${MARK} 7\nip6tables -t mangle -I PREROUTING -j MARK --set-xmark 8`, [7, 8]],
    ['iptables -A INPUT -j ACCEPT', []],
    [`${MARK} $1`, undefined],
    [`${MARK} 7\nnft -f /etc/nftables.conf\nnft add rule ip mangle pre meta mark set 9`, undefined],
    [`${MARK} 7\niptables-restore < /etc/rules`, undefined],
  ])('%j marks %j', async (script, marks) => {
    const host = await hostOf(script);
    expect(host && markRules(host)?.map(({ mark }) => mark)).toEqual(marks);
  });

  test('timeouts: 0 keeps what is there', async () => {
    const host = await hostOf('ipvsadm --set 30 0 10\nipvsadm --set 0 0 20');
    const values = (name: 'tcp' | 'tcpfin' | 'udp') =>
      host && ipvsTimeouts(host, name).map(({ value }) => value);
    expect([values('tcp'), values('tcpfin'), values('udp')]).toEqual([[30], [], [10, 20]]);
  });
});
