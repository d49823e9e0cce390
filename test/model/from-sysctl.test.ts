import { describe, expect, test } from 'vitest';
import type { SetupCommand } from '../../src/model/commands.ts';
import { kernelSettingsFrom } from '../../src/model/from-sysctl.ts';
import type { KernelSetting, KernelSettings } from '../../src/model/kernel.ts';
import {
  allSettings,
  runningSetting,
  settingOf,
  withCommandSettings,
  writtenPart,
} from '../../src/model/kernel-settings.ts';
import { settingsOf, sysctlTree } from '../support/sysctl.ts';

const KEY = 'net.ipv4.conf.lo.arp_ignore';
const PATH = 'net/ipv4/conf/lo/arp_ignore';

/** The settings of a host with these files, by path. */
function host(files: Readonly<Record<string, string>>): KernelSettings {
  return kernelSettingsFrom(Object.entries(files).map(([name, text]) => sysctlTree(text, name))).settings;
}

const winnerOf = (settings: KernelSettings, path: string) => settingOf(settings, path)?.value.value;

describe('which file wins', () => {
  // The order that `sysctl --system --dry-run` of procps 4.0.2 printed for just these files.
  test('by name across directories, the stronger directory hiding the name, sysctl.conf last', () => {
    const files = {
      '/etc/sysctl.conf': `${KEY} = 7`,
      '/usr/lib/sysctl.d/30-c.conf': `${KEY} = 4`,
      '/usr/local/lib/sysctl.d/25-l.conf': `${KEY} = 9`,
      '/etc/sysctl.d/noconf': `${KEY} = 5`,
      '/etc/sysctl.d/Z.conf': `${KEY} = 6`,
      '/usr/lib/sysctl.d/20-a.conf': `${KEY} = 3`,
      '/run/sysctl.d/10-b.conf': `${KEY} = 2`,
      '/etc/sysctl.d/20-a.conf': `${KEY} = 1`,
    };
    const { settings } = host(files);
    expect(settings.map((setting) => setting.value.value)).toEqual(['2', '1', '9', '4', '6', '7']);
  });

  test('an empty file of the stronger directory hides', () => {
    const settings = host({ '/usr/lib/sysctl.d/50-x.conf': `${KEY} = 1`, '/etc/sysctl.d/50-x.conf': '' });
    expect(winnerOf(settings, PATH)).toBeUndefined();
  });

  test('a file of no known directory counts as one of /etc/sysctl.d', () => {
    const settings = host({
      'rs1/99-lvs.conf': `${KEY} = 1`,
      'rs1/usr/lib/sysctl.d/99-lvs.conf': `${KEY} = 2`,
    });
    expect(winnerOf(settings, PATH)).toBe('1');
    expect(winnerOf(host({ 'rs1/zz.conf': `${KEY} = 1`, 'rs1/sysctl.conf': `${KEY} = 2` }), PATH)).toBe('2');
    expect(winnerOf(host({ 'sysctl.d/10-a.conf': `${KEY} = 1`, 'b.conf': `${KEY} = 2` }), PATH)).toBe('2');
  });

  test('a file of sysctl.d with another ending is said to be read by nobody', () => {
    const tree = sysctlTree(`${KEY} = 1`, '/etc/sysctl.d/99-lvs');
    const { settings, faults } = kernelSettingsFrom([tree]);
    expect(settings.settings).toEqual([]);
    expect(faults).toMatchObject([{ severity: 'error', at: tree.statements[0]?.place }]);
    expect(faults[0]?.message).toContain("'99-lvs'");
  });
});

describe('patterns', () => {
  test('a key of its own beats a pattern wherever it stands', () => {
    const before = settingsOf('net.ipv4.conf.lo.rp_filter = 2', 'net.ipv4.conf.*.rp_filter = 1');
    expect(winnerOf(before, 'net/ipv4/conf/lo/rp_filter')).toBe('2');
    expect(winnerOf(before, 'net/ipv4/conf/eth0/rp_filter')).toBe('1');
  });

  test('a pattern for interfaces reaches all and default too, unless they are kept out', () => {
    const without = settingsOf('net.ipv4.conf.*.rp_filter = 1', '-net.ipv4.conf.all.rp_filter');
    expect(winnerOf(without, 'net/ipv4/conf/all/rp_filter')).toBeUndefined();
    expect(winnerOf(without, 'net/ipv4/conf/default/rp_filter')).toBe('1');
    const kept = settingsOf('net.ipv4.conf.*.rp_filter = 1', '-net.ipv4.conf.eth1.rp_filter');
    expect(winnerOf(kept, 'net/ipv4/conf/eth1/rp_filter')).toBeUndefined();
    expect(winnerOf(kept, 'net/ipv4/conf/eth0/rp_filter')).toBe('1');
  });

  test('of two patterns the later counts', () => {
    const settings = settingsOf('net.ipv4.conf.*.rp_filter = 1', 'net.ipv4.conf.e*.rp_filter = 0');
    expect(winnerOf(settings, 'net/ipv4/conf/eth0/rp_filter')).toBe('0');
    expect(winnerOf(settings, 'net/ipv4/conf/lo/rp_filter')).toBe('1');
  });
});

test('one variable with two names has one value', () => {
  const settings = settingsOf('net.ipv4.conf.all.forwarding = 1', 'net.ipv4.ip_forward = 0');
  expect(winnerOf(settings, 'net/ipv4/conf/all/forwarding')).toBe('0');
  expect(winnerOf(settings, 'net/ipv4/ip_forward')).toBe('0');
});

describe('what the kernel refuses', () => {
  test.each([
    ['net.ipv4.ip_forward = yes', "the kernel refuses 'yes' for net.ipv4.ip_forward: it is no number"],
    ['net.ipv4.ip_forward =', 'net.ipv4.ip_forward has no value, and the kernel refuses an empty one'],
    ['net.ipv4.ip_forward = 1x', "the kernel refuses '1x' for net.ipv4.ip_forward: it is no number"],
    [
      'net.core.rmem_max = 4294967296',
      "the kernel refuses '4294967296' for net.core.rmem_max: it is larger than 32 bits hold",
    ],
    ['net.ipv4.vs.drop_entry = 4', "the kernel refuses '4' for net.ipv4.vs.drop_entry: it takes 0 to 3"],
    [
      'net.ipv4.vs.sync_ports = 3',
      "the kernel refuses '3' for net.ipv4.vs.sync_ports: it is no power of two",
    ],
    [
      'net.ipv4.vs.sync_threshold = 50 3',
      "the kernel refuses '50 3' for net.ipv4.vs.sync_threshold: the first is smaller than the second",
    ],
    [
      'net.ipv4.vs.sync_qlen_max = -1',
      "the kernel refuses '-1' for net.ipv4.vs.sync_qlen_max: the least is 0",
    ],
    ['net.ipv4.ip_default_ttl = 0', "the kernel refuses '0' for net.ipv4.ip_default_ttl: it takes 1 to 255"],
    ['net.core.somaxconn = -1', "the kernel refuses '-1' for net.core.somaxconn: the least is 0"],
    [
      'net.netfilter.nf_conntrack_tcp_loose = 3',
      "the kernel refuses '3' for net.netfilter.nf_conntrack_tcp_loose: it takes 0 to 1",
    ],
    [
      'net.ipv4.conf.eth0.100.rp_filter = 0',
      'net.ipv4.conf.eth0.100.rp_filter is no key: the interface eth0.100 is written eth0/100 here',
    ],
  ])('%s', (text, message) => {
    const { settings, faults } = kernelSettingsFrom([sysctlTree(text)]);
    expect(faults).toMatchObject([{ severity: 'error', message }]);
    expect(settings.settings).toEqual([]);
    expect(settings.refused).toHaveLength(1);
  });

  test.each([
    'net.ipv4.ip_forward = 5',
    'net.ipv4.conf.all.arp_ignore = 99',
    'net.ipv4.conf.all.arp_ignore = 0x1',
    'net.ipv4.conf.all.arp_ignore = 1 on',
    'net.ipv4.vs.sync_threshold = 0 0',
    'net.ipv4.vs.sync_threshold = 3',
    'net.ipv4.vs.conn_lfactor = -8',
    'net.ipv4.ip_local_port_range = 1024\t65000',
    'net.ipv4.vs.est_cpulist = 0-3',
    'net.ipv4.tcp_congestion_control = bbr',
    'net.ipv4.conf.eth0/100.rp_filter = 0',
    'net.ipv4.some_new_key = off',
  ])('nothing about %s', (text) => {
    const { settings, faults } = kernelSettingsFrom([sysctlTree(text)]);
    expect(faults).toEqual([]);
    expect(settings.settings).toHaveLength(1);
  });

  test('a leading zero makes a number octal, and it is stored', () => {
    const { settings, faults } = kernelSettingsFrom([sysctlTree('net.ipv4.conf.all.arp_announce = 010')]);
    expect(faults).toMatchObject([{ severity: 'warning', message: expect.stringContaining('becomes 8') }]);
    expect(settings.settings).toHaveLength(1);
  });

  test('the VLAN key that is meant is the one that is unknown', () => {
    const { settings } = kernelSettingsFrom([sysctlTree('net.ipv4.conf.eth0.100.rp_filter = 0')]);
    expect(settings.refused?.map(({ key }) => key)).toEqual(['net/ipv4/conf/eth0.100/rp_filter']);
  });

  test('what the reader has said is passed on, and not said again', () => {
    const tree = sysctlTree('net.ipv4.ip_forward = "1"');
    expect(tree.faults).toHaveLength(1);
    expect(kernelSettingsFrom([tree]).faults).toEqual(tree.faults);
  });
});

describe('written and running', () => {
  const running = sysctlTree('net.ipv4.ip_forward = 0\nkernel.ostype = Linux', 'sysctl -a', 'observed');
  const written = sysctlTree('net.ipv4.ip_forward = 1');
  const { settings } = kernelSettingsFrom([running, written]);

  test('the running kernel has the last word, and both stay apart', () => {
    expect(winnerOf(settings, 'net/ipv4/ip_forward')).toBe('0');
    expect(winnerOf(writtenPart(settings) as KernelSettings, 'net/ipv4/ip_forward')).toBe('1');
    expect(runningSetting(settings, 'net/ipv4/ip_forward')?.value.value).toBe('0');
    expect([...allSettings(settings)].map(({ by, value }) => [by, value.basis])).toEqual([
      ['file', 'written'],
      ['running', 'observed'],
      ['running', 'observed'],
    ]);
  });

  test('a part that nobody looked at is not there', () => {
    expect(settingsOf('net.ipv4.ip_forward = 1').running).toBeUndefined();
    expect(writtenPart(kernelSettingsFrom([running]).settings)).toBeUndefined();
  });

  test('an excerpt of a running kernel is not the whole', () => {
    expect(settings.complete).toBe(true);
    const excerpt = sysctlTree('net.ipv4.ip_forward = 0', 'sysctl -a | grep forward', 'observed');
    expect(kernelSettingsFrom([excerpt]).settings.complete).toBe(false);
    expect(
      kernelSettingsFrom([sysctlTree('kernel.ostype=Linux\nnet.ipv4.ip_forward=0')]).settings.complete,
    ).toBe(false);
  });
});

describe('what scripts set', () => {
  const setting = (key: string, value: string): KernelSetting => {
    const [from] = settingsOf(`${key} = ${value}`).settings;
    return { ...(from as KernelSetting), by: 'command' };
  };
  const command = (key: string, value: string, branch?: string): SetupCommand => {
    const made = setting(key, value);
    return {
      does: 'set-kernel-key',
      setting: made,
      spelling: 'sysctl',
      words: [],
      branch,
      conditional: false,
      order: 0,
      program: 'sysctl',
      place: made.place,
    };
  };

  test('comes behind the files and before the running kernel', () => {
    const files = settingsOf(`${KEY} = 1`);
    const both = withCommandSettings(files, [command(KEY, '2', 'start'), command(KEY, '0', 'stop')]);
    expect(both?.settings.map(({ by, value }) => [by, value.value])).toEqual([
      ['file', '1'],
      ['command', '2'],
    ]);
    const running = kernelSettingsFrom([sysctlTree(`${KEY} = 3`, 'sysctl -a', 'observed')]).settings;
    expect(winnerOf(withCommandSettings(running, [command(KEY, '2')]) as KernelSettings, PATH)).toBe('3');
  });

  test('a pattern takes effect when the command runs', () => {
    const glob = command('net.ipv4.conf.*.arp_ignore', '8');
    const all = withCommandSettings(settingsOf(`${KEY} = 1`), [glob]) as KernelSettings;
    expect(winnerOf(all, PATH)).toBe('8');
    const last = withCommandSettings(undefined, [glob, command(KEY, '2')]) as KernelSettings;
    expect(winnerOf(last, PATH)).toBe('2');
  });

  test('a host without files and commands has no settings at all', () => {
    expect(withCommandSettings(undefined, [])).toBeUndefined();
    expect(withCommandSettings(undefined, [command(KEY, '1', 'stop')])).toBeUndefined();
  });
});
