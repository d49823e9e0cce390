import { describe, expect, test } from 'vitest';
import type { VrrpInstance } from '../../src/model/vrrp.ts';
import { clusterOf } from '../support/lint.ts';
import { standsAt } from '../support/script.ts';

/* What keepalived 2.2.7 makes of each text, as it says itself in the dump of a running configuration (`keepalived -d`). */

const hostOf = async (text: string) => (await clusterOf({ 'lb1/keepalived.conf': text })).hosts[0];

async function instanceOf(lines: string, around = ''): Promise<VrrpInstance> {
  const host = await hostOf(`${around}\nvrrp_instance V {\n${lines}\n}\n`);
  return host?.vrrp?.[0] as VrrpInstance;
}

describe('state and priority', () => {
  test.each<[string, 'MASTER' | 'BACKUP', number]>([
    ['', 'BACKUP', 100],
    ['state MASTER', 'MASTER', 255],
    ['state MASTER\npriority 150', 'MASTER', 150],
    ['state MASTER\nstate BACKUP', 'MASTER', 255],
    ['state BACKUP\nstate MASTER', 'MASTER', 255],
    ['state master\npriority 1', 'MASTER', 1],
    ['state SLAVE', 'BACKUP', 100],
    ['priority 110\npriority 120', 'BACKUP', 120],
    ['priority 110\npriority 300', 'BACKUP', 100],
    ['state MASTER\npriority 0', 'MASTER', 100],
    ['priority 0100', 'BACKUP', 100],
    ['priority "120"', 'BACKUP', 120],
  ])('%j', async (lines, state, priority) => {
    const instance = await instanceOf(lines);
    expect([instance.state.value, instance.priority.value]).toEqual([state, priority]);
  });

  test('a default stands at the header that leaves the keyword out', async () => {
    const { priority } = await instanceOf('interface eth0');
    expect([priority.basis, standsAt(priority)]).toEqual(['default', 'vrrp_instance V']);
  });

  test('a value stands at its word', async () => {
    const { priority } = await instanceOf('priority 120 # not 100');
    expect([priority.basis, standsAt(priority)]).toEqual(['written', '120']);
  });
});

describe('family and version', () => {
  test.each<[string, 4 | 6, 2 | 3]>([
    ['virtual_ipaddress {\n192.0.2.9\n}', 4, 2],
    ['virtual_ipaddress {\n2001:db8::9\n}', 6, 3],
    ['version 2\nvirtual_ipaddress {\n2001:db8::9\n}', 6, 2],
    ['virtual_ipaddress {\n2001:db8::9\n}\nversion 2', 6, 3],
    ['version 2\nnative_ipv6\nvirtual_ipaddress {\n2001:db8::9\n}', 6, 3],
    ['version 2\nversion 3\nvirtual_ipaddress {\n192.0.2.9\n}', 4, 2],
    ['version 4\nversion 3\nvirtual_ipaddress {\n192.0.2.9\n}', 4, 3],
    ['virtual_ipaddress {\n192.0.2.9\n}\nversion 3', 4, 3],
    ['version 3\nvirtual_ipaddress {\n192.0.2.9\n}', 4, 3],
    ['version 4\nvirtual_ipaddress {\n192.0.2.9\n}', 4, 2],
    ['unicast_peer {\n192.0.2.1\n}\nvirtual_ipaddress {\n2001:db8::9\n}', 4, 2],
    ['unicast_src_ip 2001:db8::1\nvirtual_ipaddress {\n192.0.2.9\n2001:db8::9\n}', 6, 3],
    ['mcast_src_ip 192.0.2.1\nvirtual_ipaddress {\n2001:db8::9\n}', 4, 2],
    ['native_ipv6\nvirtual_ipaddress {\n192.0.2.9\n}', 6, 3],
    ['virtual_ipaddress {\n192.0.2.9\n}\nnative_ipv6', 4, 2],
    ['virtual_ipaddress {\n192.0.2.900/24\n2001:db8::9/64\n}', 6, 3],
    ['virtual_ipaddress_excluded {\n2001:db8::9/64\n}', 4, 2],
    ['', 4, 2],
  ])('%j', async (lines, family, version) => {
    const instance = await instanceOf(lines);
    expect([instance.family, instance.version.value]).toEqual([family, version]);
  });

  test('the version of global_defs counts, wherever it stands, unless the instance has its own', async () => {
    const globals = 'global_defs {\nvrrp_version 3\n}';
    expect((await instanceOf('', globals)).version.value).toBe(3);
    expect((await instanceOf(`}\n${globals}\nvrrp_sync_group G {`)).version.value).toBe(3);
    expect((await instanceOf('version 2', globals)).version.value).toBe(2);
  });
});

describe('authentication', () => {
  test.each<[string, string | undefined, string | undefined]>([
    ['authentication {\nauth_type PASS\nauth_pass abc\n}', 'PASS', 'abc'],
    ['authentication {\nauth_pass abc\n}', undefined, 'abc'],
    ['authentication {\nauth_type PASS\n}', undefined, undefined],
    ['authentication {\nauth_type pass\nauth_pass abc\n}', undefined, 'abc'],
    ['version 3\nauthentication {\nauth_type PASS\nauth_pass abc\n}', undefined, 'abc'],
    ['authentication {\nauth_type AH\nauth_pass a#bc\n}', 'AH', 'a'],
    ['authentication {\nauth_type PASS\nauth_pass one\n}\nauthentication {\nauth_pass two\n}', 'PASS', 'two'],
  ])('%j', async (lines, type, pass) => {
    const instance = await instanceOf(lines);
    expect([instance.authType?.value, instance.authPass?.value]).toEqual([type, pass]);
  });
});

describe('addresses', () => {
  test('one a line, several blocks add up', async () => {
    const { vips, excludedVips } = await instanceOf(
      'virtual_ipaddress {\n192.0.2.9/24 dev eth1 label eth1:1\n192.0.2.10\n192.0.2.11/33\n}\n' +
        'virtual_ipaddress {\n192.0.2.12/24 192.0.2.13/24\n}\nvirtual_ipaddress_excluded {\n198.51.100.1\n}',
    );
    expect(vips.map(({ value }) => value)).toEqual([
      { address: '192.0.2.9', key: '192.0.2.9', family: 4, prefix: 24, device: 'eth1', label: 'eth1:1' },
      { address: '192.0.2.10', key: '192.0.2.10', family: 4 },
      { address: '192.0.2.11', key: '192.0.2.11', family: 4, prefix: 32 },
      { address: '192.0.2.12', key: '192.0.2.12', family: 4, prefix: 24 },
    ]);
    expect(excludedVips.map(standsAt)).toEqual(['198.51.100.1']);
  });

  test('two spellings of one address have one key, what is no address has none', async () => {
    const { vips } = await instanceOf('virtual_ipaddress {\n2001:DB8:0::1/64\n2001:db8::1\n192.0.2.300\n}');
    expect(vips.map(({ value }) => value.key)).toEqual(['2001:db8::1', '2001:db8::1', undefined]);
  });

  test('peers, and what makes an instance unicast', async () => {
    const { unicastPeers, unicastSource, unicastKeyword } = await instanceOf(
      'unicast_src_ip 192.0.2.1\nunicast_peer {\n192.0.2.2 min_ttl 1\n192.0.2.3\n}',
    );
    expect([unicastSource, unicastKeyword, ...unicastPeers].map((fact) => fact?.value)).toEqual([
      '192.0.2.1',
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.3',
    ]);
    const empty = await instanceOf('unicast_peer {\n}');
    expect([empty.unicastKeyword?.value, empty.unicastPeers]).toEqual(['unicast_peer', []]);
  });

  test('the multicast group is of the family', async () => {
    const globals = 'global_defs {\nvrrp_mcast_group4 224.0.0.99\nvrrp_mcast_group6 ff02::99\n}';
    const four = await instanceOf('virtual_ipaddress {\n192.0.2.9\n}', globals);
    const six = await instanceOf('virtual_ipaddress {\n2001:db8::9\n}', globals);
    expect([four, six].map(({ multicastGroup }) => multicastGroup?.value)).toEqual([
      '224.0.0.99',
      'ff02::99',
    ]);
  });
});

describe('preemption', () => {
  test.each<[string, boolean | undefined]>([
    ['', undefined],
    ['preempt', undefined],
    ['nopreempt', true],
    ['nopreempt\npreempt', false],
    ['preempt\nnopreempt', true],
  ])('%j', async (lines, value) => expect((await instanceOf(lines)).nopreempt?.value).toBe(value));

  test('the order counts where the lines stand, not their offsets in files', async () => {
    const { hosts } = await clusterOf({
      'lb1/keepalived.conf': `# ${'long '.repeat(50)}\nvrrp_instance V {\nnopreempt\ninclude late.conf\n}\n`,
      'lb1/late.conf': 'preempt\n',
    });
    expect(hosts[0]?.vrrp?.[0]?.nopreempt?.value).toBe(false);
  });
});

describe('tracks', () => {
  const SCRIPT = 'vrrp_script chk {\nscript "/bin/true"\nweight -60\n}';
  const tracksOf = async (lines: string, around: string) =>
    (await instanceOf(lines, around)).tracks.map(
      ({ kind, name, weight, reverse, definition }) =>
        `${kind} ${name.value} ${weight.value}${reverse ? ' reverse' : ''}${definition ? '' : ' undefined'}`,
    );

  test.each<[string, string, string, string[]]>([
    ['the weight of the definition', 'track_script {\nchk\n}', SCRIPT, ['script chk -60']],
    ['its own before it', 'track_script {\nchk weight 5 reverse\n}', SCRIPT, ['script chk 5 reverse']],
    ['0 where nobody sets one', 'track_interface {\neth1\n}', '', ['interface eth1 0 undefined']],
    ['1 for a file', 'track_file {\nf\n}', 'track_file f {\nfile /run/f\n}', ['file f 1']],
    ['what nobody defines', 'track_process {\np\n}', SCRIPT, ['process p 0 undefined']],
    [
      'the first of two definitions of one name',
      'track_script {\nchk\n}',
      `${SCRIPT}\n${SCRIPT.replace('-60', '-7')}`,
      ['script chk -60'],
    ],
    ['a weight out of bounds', 'track_script {\nchk weight 900\n}', SCRIPT, ['script chk -60']],
  ])('%s', async (_, lines, around, expected) => expect(await tracksOf(lines, around)).toEqual(expected));

  test('a script has the defaults of keepalived', async () => {
    const host = await hostOf('vrrp_script chk {\nscript "/bin/true -x"\ntimeout 3\ninit_fail\n}\n');
    const [script] = host?.trackScripts ?? [];
    const { interval, weight, rise, fall, timeout, command, initFail } = script ?? {};
    expect([interval, weight, rise, fall, timeout, command, initFail].map((fact) => fact?.value)).toEqual([
      1,
      0,
      1,
      1,
      3,
      '/bin/true -x',
      true,
    ]);
  });

  test('a group has members, on one line or several', async () => {
    const host = await hostOf(
      'vrrp_sync_group G {\ngroup {\nA B\nC\n}\nsync_group_tracking_weight\ntrack_interface {\neth0\n}\n}\n',
    );
    const [group] = host?.syncGroups ?? [];
    expect(group?.members.map(({ value }) => value)).toEqual(['A', 'B', 'C']);
    expect(group?.trackingWeight?.value).toBe(true);
    expect(group?.tracks.map(({ name }) => name.value)).toEqual(['eth0']);
  });
});

describe('names', () => {
  test('of two blocks of one name the first counts, as in keepalived', async () => {
    const host = await hostOf(
      'vrrp_instance V {\npriority 1\n}\nvrrp_instance V {\npriority 2\n}\n' +
        'vrrp_sync_group G {\ngroup {\nV\n}\n}\nvrrp_sync_group G {\ngroup {\nW\n}\n}\n',
    );
    expect(host?.vrrp?.map(({ priority }) => priority.value)).toEqual([1]);
    expect(host?.syncGroups?.map(({ members }) => members.map(({ value }) => value))).toEqual([['V']]);
    expect(host?.faults?.map(({ kind }) => kind)).toContain('repeated-keyword');
  });

  test('a block without braces never begins', async () => {
    const host = await hostOf('vrrp_instance V\npriority 1\n');
    expect(host?.vrrp).toEqual([]);
  });
});
