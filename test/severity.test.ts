import { describe, expect, test } from 'vitest';
import { reaches } from '../src/judge/order.ts';
import { allRules, lint } from './support/lint.ts';

const rules = allRules.filter(({ id }) => /^(ipvs|checker|fullnat)\//.test(id));

async function severities(text: string, path = 'lb1/keepalived.conf') {
  const { findings } = await lint({ [path]: text }, {}, rules);
  return findings
    .filter(({ severity }) => reaches(severity, 'warning'))
    .map(({ rule, severity }) => `${rule} ${severity}`);
}

const CHECK = 'TCP_CHECK {\nconnect_timeout 3\n}';
const VRRP =
  'vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n192.0.2.10\n}\n}\n';
const server = (head: string, ...lines: string[]) => `real_server ${head} {\n${lines.join('\n')}\n}`;
const service = (head: string, lines: readonly string[], servers: readonly string[]) =>
  `virtual_server ${head} {\ndelay_loop 6\nprotocol TCP\n${lines.join('\n')}\n${servers.join('\n')}\n}\n`;
const pair = (check = CHECK) => [
  server('192.0.2.21 80', 'weight 1', check),
  server('192.0.2.22 80', 'weight 2', check),
];

describe('an ordinary cluster gives advice at most', () => {
  test.each([
    ['DR, wrr', ['lb_algo wrr', 'lb_kind DR'], CHECK],
    ['NAT, wlc', ['lb_algo wlc', 'lb_kind NAT'], CHECK],
    ['persistent', ['lb_algo wrr', 'lb_kind DR', 'persistence_timeout 50'], CHECK],
    [
      'a /24 persistent',
      ['lb_algo wrr', 'lb_kind DR', 'persistence_timeout 50', 'persistence_granularity 255.255.255.0'],
      CHECK,
    ],
    ['a sorry server', ['lb_algo wrr', 'lb_kind DR', 'sorry_server 127.0.0.1 80'], CHECK],
    [
      'the times of old samples',
      ['lb_algo wrr', 'lb_kind DR'],
      'TCP_CHECK {\nconnect_timeout 10\nretry 3\ndelay_before_retry 3\nconnect_port 80\n}',
    ],
    ['a web page', ['lb_algo wrr', 'lb_kind DR'], 'HTTP_GET {\nurl {\npath /\n}\nconnect_timeout 3\n}'],
    [
      'a script',
      ['lb_algo wrr', 'lb_kind DR'],
      'MISC_CHECK {\nmisc_path "/usr/local/bin/check 192.0.2.21"\n}',
    ],
    ['inhibit_on_failure', ['lb_algo wrr', 'lb_kind DR', 'inhibit_on_failure'], CHECK],
  ])('%s', async (_, lines, check) => {
    expect(await severities(VRRP + service('192.0.2.10 80', lines, pair(check)))).toEqual([]);
  });

  test('a saved table', async () => {
    const table =
      '-A -t 192.0.2.10:80 -s wrr\n-a -t 192.0.2.10:80 -r 192.0.2.21:80 -g -w 1\n-a -t 192.0.2.10:80 -r 192.0.2.22:80 -g -w 2\n';
    expect(await severities(table, 'lb1/ipvsadm.rules')).toEqual([]);
  });
});

describe('how grave a mistake is', () => {
  const DR = ['lb_algo wrr', 'lb_kind DR'];
  test.each([
    [
      'weights that are all 0',
      DR,
      [server('192.0.2.21 80', 'weight 0', CHECK)],
      ['ipvs/weights-all-zero error'],
    ],
    ['one weight of 0', DR, [server('192.0.2.21 80', 'weight 0', CHECK), server('192.0.2.22 80', CHECK)], []],
    [
      'a missing check',
      DR,
      [server('192.0.2.21 80'), server('192.0.2.22 80', CHECK)],
      ['checker/none error'],
    ],
    ['the only server without a check', DR, [server('192.0.2.21 80')], []],
    ['a port by DR', DR, [server('192.0.2.21 81', CHECK)], ['ipvs/port-mapping-in-dr-tun error']],
    [
      'a port by TUN',
      ['lb_algo wrr', 'lb_kind TUN'],
      [server('192.0.2.21 81', CHECK)],
      ['ipvs/port-mapping-in-dr-tun warning'],
    ],
    ['the VIP as a server', DR, [server('192.0.2.10 80', CHECK)], ['ipvs/local-real-server-address warning']],
    [
      '127.0.0.1 by NAT',
      ['lb_algo wrr', 'lb_kind NAT'],
      [server('127.0.0.1 80', CHECK)],
      ['ipvs/local-real-server-address error'],
    ],
    ['persistence_timeout 0', [...DR, 'persistence_timeout 0'], pair(), ['ipvs/persistence-invalid warning']],
    [
      'persistence_timeout 9999999',
      [...DR, 'persistence_timeout 9999999'],
      pair(),
      ['ipvs/persistence-invalid error'],
    ],
    ['a quorum that is lowered', [...DR, 'quorum 9'], pair(), ['ipvs/quorum-unreachable warning']],
    [
      'a quorum that is never reached again',
      [...DR, 'quorum 2', 'hysteresis 1', 'sorry_server 192.0.2.30 80'],
      [server('192.0.2.21 80', CHECK), server('192.0.2.22 80', CHECK)],
      ['ipvs/quorum-unreachable error'],
    ],
    [
      'a sh table that one server fills',
      ['lb_algo sh', 'lb_kind DR'],
      [server('192.0.2.21 80', 'weight 256', CHECK), server('192.0.2.22 80', 'weight 256', CHECK)],
      ['ipvs/hash-scheduler-limits error'],
    ],
    [
      'a check that lacks its url',
      DR,
      pair('HTTP_GET {\n}'),
      ['checker/silently-dropped error', 'checker/silently-dropped error'],
    ],
    [
      'one that another check stands beside',
      DR,
      [server('192.0.2.21 80', CHECK, 'HTTP_GET {\n}')],
      ['checker/silently-dropped warning'],
    ],
    ['an address near the VIP', DR, pair(), []],
  ])('%s', async (_, lines, servers, expected) => {
    expect(await severities(service('192.0.2.10 80', lines, servers))).toEqual(expected);
  });

  test('an address near a VIP is surer than one far from all, and a notify script makes both less sure', async () => {
    const of = (head: string, extra = '') =>
      severities(VRRP.replace('virtual_ipaddress', `${extra}virtual_ipaddress`) + service(head, DR, pair()));
    const NOTIFY = 'notify_master /etc/keepalived/announce\n';
    expect(await of('192.0.2.11 80')).toEqual(['ipvs/virtual-server-without-vip error']);
    expect(await of('198.51.100.11 80')).toEqual(['ipvs/virtual-server-without-vip warning']);
    expect(await of('192.0.2.11 80', NOTIFY)).toEqual(['ipvs/virtual-server-without-vip warning']);
    expect(await of('198.51.100.11 80', NOTIFY)).toEqual([]);
  });
});
