import { describe, expect, test } from 'vitest';
import type { ConfKeyName } from '../../src/model/conf-keys.ts';
import { effectiveAnywhere, effectiveConf, effectiveNumber } from '../../src/model/effective.ts';
import { kernelSettingsFrom } from '../../src/model/from-sysctl.ts';
import { kernelSettings } from '../../src/model/kernel-settings.ts';
import { runningSettings, settingsOf, sysctlTree } from '../support/sysctl.ts';

/** A key as files set it for `all` and eth0; undefined: not written. */
function joined(name: ConfKeyName, all: number | undefined, own: number | undefined) {
  const lines = [
    ...(all === undefined ? [] : [`net.ipv4.conf.all.${name} = ${all}`]),
    ...(own === undefined ? [] : [`net.ipv4.conf.eth0.${name} = ${own}`]),
  ];
  return effectiveConf(settingsOf(...lines), name, 'eth0');
}

describe('all and the interface', () => {
  test.each<[ConfKeyName, number | undefined, number | undefined, number, boolean]>([
    // the larger: 2 (loose) on either side wins over 1 (strict)
    ['rp_filter', 0, 0, 0, true],
    ['rp_filter', 0, 1, 1, true],
    ['rp_filter', 1, 0, 1, true],
    ['rp_filter', 2, 1, 2, true],
    ['rp_filter', 1, 2, 2, true],
    ['rp_filter', 0, undefined, 0, false],
    ['rp_filter', undefined, 0, 0, false],
    ['rp_filter', undefined, undefined, 0, false],
    ['arp_ignore', 1, undefined, 1, true],
    ['arp_ignore', undefined, 1, 1, true],
    ['arp_ignore', 1, 0, 1, true],
    ['arp_announce', 2, undefined, 2, true],
    ['arp_announce', undefined, undefined, 0, false],
    // either: switching off `all` alone leaves redirects on
    ['send_redirects', 0, undefined, 1, false],
    ['send_redirects', undefined, 0, 1, false],
    ['send_redirects', 0, 0, 0, true],
    ['send_redirects', 1, undefined, 1, true],
    ['accept_local', undefined, 1, 1, true],
    ['accept_local', undefined, undefined, 0, false],
    // both
    ['accept_source_route', undefined, undefined, 0, false],
    ['accept_source_route', 1, undefined, 1, false],
    ['accept_source_route', 0, undefined, 0, true],
    ['arp_evict_nocarrier', undefined, 0, 0, true],
    // the interface's own
    ['forwarding', undefined, 1, 1, true],
    ['tag', 5, undefined, 0, false],
  ])('%s: all %s, eth0 %s make %s', (name, all, own, value, known) => {
    expect(joined(name, all, own)).toMatchObject({ value, known, unclear: false });
  });

  test('says which settings take part', () => {
    expect(joined('arp_ignore', 1, 2).from.map(({ key }) => key)).toEqual([
      'net/ipv4/conf/all/arp_ignore',
      'net/ipv4/conf/eth0/arp_ignore',
    ]);
    expect(joined('arp_ignore', undefined, undefined).from).toEqual([]);
  });

  test('what lo is set to says nothing of eth0', () => {
    const settings = settingsOf('net.ipv4.conf.lo.arp_ignore = 1');
    expect(effectiveConf(settings, 'arp_ignore', 'eth0')).toMatchObject({ value: 0, from: [] });
    expect(effectiveConf(settings, 'arp_ignore', 'lo')).toMatchObject({ value: 1, known: true });
  });

  test('a pattern sets every interface, a VLAN too', () => {
    const settings = settingsOf('net.ipv4.conf.*.arp_ignore = 1');
    expect(effectiveConf(settings, 'arp_ignore', 'eth0.100')).toMatchObject({ value: 1, known: true });
  });
});

describe('default', () => {
  const settings = settingsOf('net.ipv4.conf.default.arp_ignore = 1');

  test('is taken over by every interface that comes up later', () => {
    expect(effectiveConf(settings, 'arp_ignore', 'eth0')).toMatchObject({ value: 1, known: true });
  });

  test('never by lo, which is up before', () => {
    expect(effectiveConf(settings, 'arp_ignore', 'lo')).toMatchObject({ value: 0, known: false });
  });

  test('not by an interface with a value of its own', () => {
    const own = settingsOf('net.ipv4.conf.default.arp_ignore = 1', 'net.ipv4.conf.eth0.arp_ignore = 0');
    expect(effectiveConf(own, 'arp_ignore', 'eth0').value).toBe(0);
  });

  test('not where a script sets it, because eth0 is in use by then', () => {
    const late = kernelSettings(settings.settings.map((setting) => ({ ...setting, by: 'command' })));
    expect(effectiveConf(late, 'arp_ignore', 'eth0')).toMatchObject({ value: 0, known: false });
  });
});

describe('an interface that nobody names', () => {
  test('has what all has; interfaces that are set on their own are listed', () => {
    const settings = settingsOf(
      'net.ipv4.conf.all.arp_ignore = 0',
      'net.ipv4.conf.lo.arp_ignore = 1',
      'net.ipv4.conf.eth1.arp_ignore = 2',
      'net.ipv6.conf.eth2.arp_ignore = 2',
    );
    const { value, own } = effectiveAnywhere(settings, 'arp_ignore');
    expect(value).toBe(0);
    expect([...own].map(([device, effective]) => [device, effective.value])).toEqual([
      ['lo', 1],
      ['eth1', 2],
    ]);
  });

  test('is reached by a pattern for all, not by one for some', () => {
    expect(effectiveAnywhere(settingsOf('net.ipv4.conf.*.arp_ignore = 1'), 'arp_ignore').value).toBe(1);
    expect(effectiveAnywhere(settingsOf('net.ipv4.conf.eth*.arp_ignore = 1'), 'arp_ignore').value).toBe(0);
  });
});

describe('forwarding', () => {
  const on = 'net.ipv4.ip_forward = 1';
  const off = 'net.ipv4.ip_forward = 0';
  const eth0 = (value: number) => `net.ipv4.conf.eth0.forwarding = ${value}`;
  const byDefault = (value: number) => `net.ipv4.conf.default.forwarding = ${value}`;

  // As a kernel 6.1 showed after `sysctl --system`; unclear where systemd-sysctl comes to something else, or where udev has
  // it set a name's own lines again when the interface appears.
  test.each<[string, string[], number, boolean]>([
    ['what repeats the value writes no interface', [off, eth0(1), off], 1, false],
    ['what changes it writes every interface', [eth0(0), on], 1, true],
    ['systemd-sysctl leaves a value that is repeated where it was first', [on, eth0(0), on], 0, false],
    ['systemd-sysctl writes a key only once, where it changes last', [off, eth0(1), on, off], 0, true],
    ['a pattern reaches `all` and the interface', ['net.ipv4.conf.*.forwarding = 1'], 1, false],
    ['default is for interfaces that come up later', [byDefault(1)], 0, true],
    ['default goes with ip_forward', [byDefault(0), on], 1, false],
    ['default says nothing of an interface of its own', [byDefault(1), eth0(0)], 0, false],
  ])('%s', (_, lines, value, unclear) => {
    expect(effectiveConf(settingsOf(...lines), 'forwarding', 'eth0')).toMatchObject({ value, unclear });
  });

  test('ip_forward writes every interface; a later line of its own survives', () => {
    const on = 'net.ipv4.ip_forward = 1';
    const off = 'net.ipv4.conf.eth0.forwarding = 0';
    expect(effectiveConf(settingsOf(on), 'forwarding', 'eth0')).toMatchObject({ value: 1, known: true });
    expect(effectiveConf(settingsOf(off, on), 'forwarding', 'eth0').value).toBe(1);
    expect(effectiveConf(settingsOf(on, off), 'forwarding', 'eth0').value).toBe(0);
  });

  test('a host that forwards takes redirects only where both sides say so, and loses its own all', () => {
    const own = 'net.ipv4.conf.eth0.accept_redirects = 1';
    const all = 'net.ipv4.conf.all.accept_redirects = 1';
    const on = 'net.ipv4.ip_forward = 1';
    const value = (...lines: string[]) =>
      effectiveConf(settingsOf(...lines), 'accept_redirects', 'eth0').value;
    expect(value(own, 'net.ipv4.conf.all.accept_redirects = 0')).toBe(1);
    expect(value(own, all, on)).toBe(0);
    expect(value(own, on, all)).toBe(1);
  });
});

describe('where sysctl and systemd-sysctl differ', () => {
  const pattern = 'net.ipv4.conf.e*.arp_ignore = 2';

  // As procps 4.0.2 and systemd 252 left a kernel 6.1.
  test.each([
    [
      'a pattern with a slash in front overlooks the name',
      ['net.ipv4.conf.eth0.arp_ignore = 0', `/${slashed(pattern)}`],
    ],
    ['a pattern is taken back', [pattern, '-net.ipv4.conf.e*.arp_ignore']],
    ['a key is taken back', ['net.ipv4.conf.eth0.arp_ignore = 2', '-net.ipv4.conf.eth0.arp_ignore']],
    [
      'a value that the kernel has already is not written, and default reaches the interface',
      ['net.ipv4.conf.eth0.arp_ignore = 0', 'net.ipv4.conf.default.arp_ignore = 2'],
    ],
  ])('nothing is concluded: %s', (_, lines) => {
    expect(effectiveConf(settingsOf(...lines), 'arp_ignore', 'eth0')).toMatchObject({ unclear: true });
    expect(effectiveConf(settingsOf(...lines.toReversed()), 'arp_ignore', 'eth0').unclear).toBe(false);
  });

  test('files: a hidden one, and one behind the link to sysctl.conf', () => {
    const settings = (files: Readonly<Record<string, string>>) =>
      kernelSettingsFrom(Object.entries(files).map(([name, text]) => sysctlTree(text, name))).settings;
    const value = (files: Readonly<Record<string, string>>) =>
      effectiveNumber(settings(files), 'net/ipv4/vs/conntrack');
    const [on, off] = ['net.ipv4.vs.conntrack = 1', 'net.ipv4.vs.conntrack = 0'];
    expect(value({ '/etc/sysctl.d/.lvs.conf': on })).toMatchObject({ unclear: true });
    expect(value({ '/etc/sysctl.conf': on, '/etc/sysctl.d/99-z.conf': off })).toMatchObject({
      unclear: true,
    });
    expect(value({ '/etc/sysctl.conf': on, '/etc/sysctl.d/99-a.conf': off })).toMatchObject({
      value: 1,
      known: true,
    });
  });
});

function slashed(line: string): string {
  return line.replaceAll('.', '/');
}

describe('a running kernel', () => {
  const whole = ['kernel.ostype = Linux', 'net.ipv4.ip_forward = 1'];

  test('is believed over files', () => {
    const settings = runningSettings(
      ...whole,
      'net.ipv4.conf.all.rp_filter = 0',
      'net.ipv4.conf.eth0.rp_filter = 1',
    );
    expect(effectiveConf(settings, 'rp_filter', 'eth0')).toMatchObject({ value: 1, known: true });
  });

  test('that does not know an interface says nothing about it', () => {
    const settings = runningSettings(...whole, 'net.ipv4.conf.all.rp_filter = 0');
    expect(effectiveConf(settings, 'rp_filter', 'eth9')).toMatchObject({ unclear: true, known: false });
    expect(effectiveAnywhere(settings, 'rp_filter')).toMatchObject({ value: 0, unclear: false });
  });

  test('has interfaces that need not have taken over its default', () => {
    const settings = runningSettings(
      'net.ipv4.conf.all.rp_filter = 0',
      'net.ipv4.conf.default.rp_filter = 2',
    );
    expect(effectiveConf(settings, 'rp_filter', 'eth0')).toMatchObject({ value: 2, known: false });
  });

  test('settles what a file leaves unclear', () => {
    const written = sysctlTree('net.ipv4.ip_forward = "1"\nnet.ipv4.conf.all.arp_ignore = "1"');
    const running = sysctlTree(
      'net.ipv4.conf.eth0.forwarding = 0\nnet.ipv4.conf.all.arp_ignore = 1',
      'sysctl -a',
      'observed',
    );
    const { settings } = kernelSettingsFrom([written, running]);
    expect(effectiveConf(settings, 'forwarding', 'eth0')).toMatchObject({ value: 0, known: true });
    expect(effectiveConf(settings, 'arp_ignore', 'eth0')).toMatchObject({ value: 1, known: true });
  });

  test('that was asked for ip_forward alone forwards between all interfaces', () => {
    expect(effectiveConf(runningSettings('net.ipv4.ip_forward = 1'), 'forwarding', 'eth0').value).toBe(1);
  });

  test('lists its keys in no order that means anything', () => {
    const settings = runningSettings('net.ipv4.conf.eth0.forwarding = 0', ...whole);
    expect(effectiveConf(settings, 'forwarding', 'eth0')).toMatchObject({ value: 0, known: true });
  });
});

test.each([
  'net.ipv4.conf.all.arp_ignore = "1"',
  'net.ipv4.conf.all.arp_ignore 1',
  'net.ipv4.conf.all.arp_ignore = 1x',
  '\uFEFFnet.ipv4.conf.all.arp_ignore = 1',
  'net.ipv4.conf.all.arp_ignore = $N',
  'net.ipv4.conf.default.arp_ignore = "1"',
])('nothing is concluded from %j', (line) => {
  expect(effectiveConf(settingsOf(line), 'arp_ignore', 'eth0')).toMatchObject({
    known: false,
    unclear: true,
  });
  expect(effectiveAnywhere(settingsOf(line), 'arp_ignore').unclear).toBe(true);
});

describe('a key that stands alone', () => {
  test('has its value, else the default of the kernel, else none', () => {
    const settings = settingsOf('net.ipv4.vs.expire_nodest_conn = 1', 'net.core.somaxconn = off');
    expect(effectiveNumber(settings, 'net/ipv4/vs/expire_nodest_conn')).toMatchObject({
      value: 1,
      known: true,
    });
    expect(effectiveNumber(settings, 'net/ipv4/vs/conn_reuse_mode')).toMatchObject({
      value: 1,
      known: false,
    });
    expect(effectiveNumber(settings, 'net/core/somaxconn')).toMatchObject({ value: 4096, unclear: true });
    expect(effectiveNumber(settings, 'net/core/rmem_max')).toMatchObject({ value: undefined, known: false });
    expect(effectiveNumber(settings, 'net/ipv4/made_up').value).toBeUndefined();
  });

  test('answers to both of its names', () => {
    const settings = settingsOf('net.nf_conntrack_max = 1000000');
    expect(effectiveNumber(settings, 'net/netfilter/nf_conntrack_max').value).toBe(1_000_000);
  });
});
