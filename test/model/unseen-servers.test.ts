import { describe, expect, test } from 'vitest';
import { unseenNatServers, unseenServers } from '../../src/model/unseen-servers.ts';
import { text as report } from '../../src/report/text.ts';
import { clusterOf, lint } from '../support/lint.ts';

const RAISE = 'ip addr add 192.0.2.100/32 dev lo\n';
const QUIET = 'net.ipv4.conf.all.arp_ignore = 1\nnet.ipv4.conf.all.arp_announce = 2\n';

function director(servers: readonly string[], kind = 'DR'): string {
  const blocks = servers.map(
    (address) => `    real_server ${address} 80 {\n        TCP_CHECK {\n        }\n    }\n`,
  );
  return `virtual_server 192.0.2.100 80 {\n    lb_kind ${kind}\n    protocol TCP\n${blocks.join('')}}\n`;
}

async function reasons(files: Record<string, string>, declared?: Parameters<typeof clusterOf>[1]) {
  return unseenServers(await clusterOf(files, declared)).map(({ host, why }) => `${host.name}: ${why}`);
}

describe('real servers that nobody gave', () => {
  test('are named once for each director, in the same words', async () => {
    const conf = director(['192.0.2.21', '192.0.2.22']);
    expect(await reasons({ 'lb1/keepalived.conf': conf, 'lb2/keepalived.conf': conf })).toEqual([
      'lb1: no sysctl file or script of real servers 192.0.2.21, 192.0.2.22 was given',
      'lb2: no sysctl file or script of real servers 192.0.2.21, 192.0.2.22 was given',
    ]);
  });

  test('are counted where they are many', async () => {
    const servers = Array.from({ length: 2000 }, (_, at) => `10.0.${at >> 8}.${at & 255}`);
    expect(await reasons({ 'lb1/keepalived.conf': director(servers) })).toEqual([
      'lb1: no sysctl file or script of real servers 10.0.0.0, 10.0.0.1 and 1,998 more was given',
    ]);
  });

  test('are not missed where as many hosts hold the VIP', async () => {
    const conf = director(['192.0.2.21', '192.0.2.22']);
    const files = { 'lb1/keepalived.conf': conf, 'rs1/rs.sh': RAISE, 'rs1/sysctl.conf': QUIET };
    expect(await reasons({ ...files, 'rs2/rs.sh': RAISE, 'rs2/sysctl.conf': QUIET })).toEqual([]);
    expect(await reasons(files)).toEqual([
      'lb1: files of only 1 of the real servers 192.0.2.21, 192.0.2.22 were given',
    ]);
  });

  test('are known by the addresses that somebody declares', async () => {
    const files = { 'lb1/keepalived.conf': director(['192.0.2.21', '192.0.2.22']), 'rs1/sysctl.conf': QUIET };
    const hosts = new Map([['rs1', { addresses: ['192.0.2.21'] }]]);
    expect(await reasons(files, { hosts })).toEqual([
      'lb1: no sysctl file or script of real server 192.0.2.22 was given',
    ]);
  });

  test('do not hold a VIP behind NAT: there it is the gateway that nobody knows', async () => {
    const files = { 'lb1/keepalived.conf': director(['10.0.2.51'], 'NAT') };
    expect(await reasons(files)).toEqual([]);
    expect(unseenNatServers(await clusterOf(files)).map(({ why }) => why)).toEqual([
      'no script of real server 10.0.2.51 was given',
    ]);
  });
});

describe('hosts that cannot be judged', () => {
  test('have no role that anybody knows', async () => {
    expect(await reasons({ 'box/sysctl.conf': QUIET })).toEqual([
      'box: role of host box unknown: write "hosts: { box: { role: real-server } }" into lvsdoctor.yaml',
    ]);
  });

  test('are told once a host, however many rules ask for the role, in the words that settle it', async () => {
    const files = { 'box/sysctl.conf': `${QUIET}net.ipv4.tcp_tw_reuse = 1\n`, 'pc/sysctl.conf': QUIET };
    const verdict = await lint(files);
    expect(verdict.notJudged.length).toBeGreaterThan(4);
    const text = report(verdict, {
      colour: false,
      width: 200,
      advice: false,
      reportIgnored: false,
      version: '',
      hosts: [],
      root: '',
      rules: () => [],
    });
    expect(text.match(/role of host (?:box|pc) unknown/g)).toEqual([
      'role of host box unknown',
      'role of host pc unknown',
    ]);
    const settled = new Map([
      ['box', { role: 'real-server' as const }],
      ['pc', { role: 'director' as const }],
    ]);
    expect((await lint(files, { hosts: settled })).notJudged.map(({ why }) => why)).toEqual([]);
  });

  test('are not those of a pair that only moves addresses: it is the tier of proxies', async () => {
    const moved =
      'vrrp_instance V {\ninterface eth0\nvirtual_router_id 7\nvirtual_ipaddress {\n192.0.2.9\n}\n}\n';
    expect(await reasons({ 'px1/keepalived.conf': moved, 'px1/sysctl.conf': QUIET })).toEqual([]);
  });

  test('hold a VIP, and nothing was given that speaks of ARP', async () => {
    expect(await reasons({ 'rs1/rs.sh': RAISE })).toEqual(['rs1: no sysctl files of rs1 were given']);
  });
});

test('a declared real server is judged without a VIP', async () => {
  const hosts = new Map([['rs1', { role: 'real-server' as const }]]);
  const { findings, notJudged } = await lint(
    { 'rs1/sysctl.conf': 'net.ipv4.conf.all.arp_announce = 2\n' },
    { hosts },
  );
  expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
    'arp/missing-arp-ignore: rs1 answers ARP for its VIPs: nothing sets arp_ignore',
  ]);
  expect(notJudged).toEqual([]);
});

test('one cause gives one finding: keys for lo only', async () => {
  const lo = 'net.ipv4.conf.lo.arp_ignore = 1\n';
  const { findings } = await lint({ 'rs1/rs.sh': RAISE, 'rs1/sysctl.conf': lo });
  const grave = findings.filter(({ severity }) => severity === 'error');
  expect(grave.map(({ rule, also }) => [rule, also.map((each) => each.rule)])).toEqual([
    ['arp/only-lo-set', ['arp/missing-arp-announce']],
  ]);
});

describe('the same settings by role', () => {
  const OPEN = 'net.ipv4.conf.all.arp_ignore = 0\nnet.ipv4.conf.all.arp_announce = 0\n';
  const arpErrors = async (files: Record<string, string>, declared?: Parameters<typeof clusterOf>[1]) =>
    (await lint(files, declared)).findings
      .filter(({ rule, severity }) => rule.startsWith('arp/') && severity !== 'info')
      .map(({ host, rule }) => `${host} ${rule}`);
  const hosts = new Map([['rs1', { addresses: ['192.0.2.21'] }]]);

  test('a DR real server has to keep quiet, a director must not', async () => {
    const files = { 'lb1/keepalived.conf': director(['192.0.2.21']), 'lb1/sysctl.conf': OPEN };
    expect(await arpErrors({ ...files, 'rs1/sysctl.conf': OPEN }, { hosts })).toEqual([
      'rs1 arp/missing-arp-ignore',
    ]);
  });

  test('behind NAT and FULLNAT a real server holds no VIP, so there is nothing to keep quiet', async () => {
    for (const kind of ['NAT', 'FNAT']) {
      const files = { 'lb1/keepalived.conf': director(['192.0.2.21'], kind), 'rs1/sysctl.conf': OPEN };
      expect(await arpErrors(files, { hosts })).toEqual([]);
    }
  });

  test('a local node is both: as a real server of its peer it keeps quiet, as a director it is still judged', async () => {
    const node = `${director(['192.0.2.11', '192.0.2.12'])}vrrp_instance V {\ninterface eth0\nvirtual_router_id 7\nvirtual_ipaddress {\n192.0.2.100/24\n}\n}\n`;
    const files = (rest: string, setting: string) => ({
      'lb1/keepalived.conf': node,
      'lb1/up.sh': `#!/bin/sh\nip addr add 192.0.2.11/24 dev eth0\nip addr add 192.0.2.100/32 dev lo\n`,
      'lb1/sysctl.conf': `${setting}${rest}`,
      'lb2/keepalived.conf': node,
    });
    const { hosts: models } = await clusterOf(files('', QUIET));
    expect(models.find(({ name }) => name === 'lb1')?.roles).toEqual(new Set(['director', 'real-server']));
    expect(await arpErrors(files('', QUIET))).toEqual([]);
    expect(await arpErrors(files('', OPEN))).toContain('lb1 arp/missing-arp-ignore');
    expect(await arpErrors(files('net.ipv4.conf.eth0.arp_ignore = 8\n', QUIET))).toContain(
      'lb1 arp/suppression-on-director',
    );
  });
});
