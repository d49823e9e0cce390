import { describe, expect, test } from 'vitest';
import { sysctlTree } from '../support/sysctl.ts';

const words = (text: string) =>
  sysctlTree(text).statements.map((statement) => statement.words.map((word) => word.text));

/** The one fault of a text: its kind, severity and the text that it points at. */
function fault(text: string) {
  const { faults } = sysctlTree(text);
  expect(faults).toHaveLength(1);
  const [found] = faults;
  const range = found?.at.range;
  return [found?.kind, found?.severity, text.slice(range?.start, range?.end)];
}

/** What a text means to set but does not. */
const refused = (text: string) =>
  sysctlTree(text).refused.map((statement) => `${statement.path}=${statement.value?.text}`);

describe('a line that sets a key', () => {
  test.each([
    ['net.ipv4.ip_forward = 1', ['net.ipv4.ip_forward', '1']],
    ['net.ipv4.ip_forward=1', ['net.ipv4.ip_forward', '1']],
    [' \t net.ipv4.ip_forward\t=\t1 \r', ['net.ipv4.ip_forward', '1']],
    ['net/ipv4/ip_forward = 1', ['net/ipv4/ip_forward', '1']],
    ['net.ipv4.tcp_rmem = 4096\t87380 6291456', ['net.ipv4.tcp_rmem', '4096\t87380 6291456']],
    ['kernel.core_pattern=|/bin/x -p=1 %e', ['kernel.core_pattern', '|/bin/x -p=1 %e']],
    ['net.ipv4.ip_local_reserved_ports =', ['net.ipv4.ip_local_reserved_ports', '']],
    ['dev.cdrom.info = drive # of slots:\t1', ['dev.cdrom.info', 'drive # of slots:\t1']],
    ['net..ipv4.ip_forward = 1', ['net..ipv4.ip_forward', '1']],
  ])('%j', (text, expected) => {
    expect(words(text)).toEqual([expected]);
    expect(sysctlTree(text).faults).toEqual([]);
  });

  test('knows where its words stand', () => {
    const text = '# first\n\n  -net.ipv4.ip_forward =  1  \n';
    const [statement] = sysctlTree(text).statements;
    const at = (range: { start: number; end: number } | undefined) => text.slice(range?.start, range?.end);
    expect(at(statement?.key.range)).toBe('net.ipv4.ip_forward');
    expect(at(statement?.value?.range)).toBe('1');
    expect(at(statement?.range)).toBe('net.ipv4.ip_forward =  1');
    expect(statement?.ignoreErrors).toBe(true);
  });

  test('comments and blank lines are nothing', () => {
    expect(sysctlTree('# a = 1\n;b = 2\n \t\n\r\n  # c\n')).toMatchObject({ statements: [], faults: [] });
  });

  test('a key alone behind a dash keeps the key out of patterns', () => {
    const { statements, faults } = sysctlTree(
      'net.ipv4.conf.*.rp_filter = 2\n-net.ipv4.conf.all.rp_filter\n',
    );
    expect(statements.map(({ exclusion, glob }) => ({ exclusion, glob }))).toEqual([
      { exclusion: false, glob: true },
      { exclusion: true, glob: false },
    ]);
    expect(faults).toEqual([]);
  });
});

describe('a line that is not taken as it was meant', () => {
  test.each([
    ['net.ipv4.ip_forward 1', 'net/ipv4/ip_forward=1'],
    ['net.ipv4.ip_forward: 1', 'net/ipv4/ip_forward=1'],
    ['sysctl -w net.ipv4.ip_forward=1', 'net/ipv4/ip_forward=1'],
    ['sudo /sbin/sysctl -w net.ipv4.ip_forward="1"', 'net/ipv4/ip_forward=1'],
    ['echo 1 > /proc/sys/net/ipv4/ip_forward', 'net/ipv4/ip_forward=1'],
    ['echo "net.ipv4.ip_forward = 1" >> /etc/sysctl.conf', 'net/ipv4/ip_forward=1'],
  ])('%s', (text, meant) => {
    expect(fault(text)).toEqual(['refused-command', 'error', text]);
    expect(refused(text)).toEqual([meant]);
    expect(words(text)).toEqual([]);
    expect(sysctlTree(text).faults[0]?.remedy).toContain('net.ipv4.ip_forward = 1');
  });

  test.each([
    ['net.ipv4. ip_forward = 1', 'net.ipv4. ip_forward', 'net/ipv4/ip_forward=1'],
    ['- net.ipv4.ip_forward = 1', ' net.ipv4.ip_forward', 'net/ipv4/ip_forward=1'],
    ['NET.ipv4.ip_forward = 1', 'NET.ipv4.ip_forward', 'NET/ipv4/ip_forward=1'],
    ['/proc/sys/net/ipv4/ip_forward = 1', '/proc/sys/net/ipv4/ip_forward', 'net/ipv4/ip_forward=1'],
  ])('%s', (text, at, meant) => {
    expect(fault(text)).toEqual(['refused-command', 'error', at]);
    expect(refused(text)).toEqual([meant]);
  });

  test('a word that may be a key of anything', () => {
    expect(fault('ip_forward = 1')).toEqual(['refused-command', 'warning', 'ip_forward']);
    expect(refused('ip_forward = 1')).toEqual(['ip_forward=1']);
  });

  test.each([
    'EOF',
    'cat <<EOF > /etc/sysctl.d/90-lvs.conf',
    'LVS settings',
    '[main]',
    'net.ipv4.ip_forward<1',
  ])('%s', (text) => {
    expect(fault(text)).toEqual(['refused-command', 'warning', text]);
    expect(refused(text)).toEqual([]);
  });

  test.each(['// forwarding', '-- forwarding', '/* forwarding */', '! forwarding'])('%s', (text) => {
    expect(fault(text)).toEqual(['foreign-comment', 'warning', text]);
  });

  test('no key', () => expect(fault('= 1')).toEqual(['refused-command', 'error', '1']));

  test('an exclusion with a pattern', () => {
    expect(fault('-net.ipv4.conf.eth*.rp_filter')[0]).toBe('refused-command');
  });
});

describe('a value with more to it than the number', () => {
  test.each([
    ['net.ipv4.ip_forward = "1"', ['malformed-value', 'error', '"1"'], ['net/ipv4/ip_forward=1']],
    ["net.ipv4.ip_forward = '1'", ['malformed-value', 'error', "'1'"], ['net/ipv4/ip_forward=1']],
    ['kernel.core_pattern = "|/bin/false"', ['malformed-value', 'warning', '"|/bin/false"'], []],
    ['net.ipv4.ip_forward = 1 # on', ['foreign-comment', 'info', '# on'], []],
    ['net.ipv4.ip_forward = 1 // on', ['foreign-comment', 'info', '// on'], []],
    ['net.ipv4.ip_forward = 1# on', ['foreign-comment', 'error', '# on'], ['net/ipv4/ip_forward=1']],
    ['net.ipv4.ip_forward = # on', ['foreign-comment', 'error', '# on'], ['net/ipv4/ip_forward=# on']],
    ['net.core.default_qdisc = fq # or bbr', ['foreign-comment', 'warning', '# or bbr'], []],
  ])('%s', (text, expected, meant) => {
    expect(fault(text)).toEqual(expected);
    expect(refused(text)).toEqual(meant);
  });

  test('the number counts where the kernel stops in front of the comment', () => {
    expect(words('net.ipv4.ip_local_port_range = 1024 65000  # wide')[0]?.[1]).toBe('1024 65000');
  });

  test('a backslash continues nothing, and the rest of the value is no second fault', () => {
    const text = 'net.ipv4.tcp_rmem = 4096 87380 \\\n  6291456\nnet.ipv4.ip_forward = 1';
    expect(fault(text)).toEqual(['malformed-value', 'error', '\\']);
    expect(words(text)).toEqual([['net.ipv4.ip_forward', '1']]);
  });
});

describe('hidden characters', () => {
  test.each([
    ['\uFEFFnet.ipv4.ip_forward = 1', 'error', '\uFEFF', ['net/ipv4/ip_forward=1']],
    ['\uFEFF# forwarding\n', 'warning', '\uFEFF', []],
    ['net.ipv4.ip_forward\u00A0= 1', 'error', '\u00A0', ['net/ipv4/ip_forward=1']],
    ['net.ipv4.ip_forward = \u00A01', 'error', '\u00A0', ['net/ipv4/ip_forward=1']],
    ['net.ipv4.ip_for\0ward = 1', 'error', '\0', ['net/ipv4/ip_forward=1']],
    ['net.ipv4.ip_forward = 1\u200B', 'error', '\u200B', ['net/ipv4/ip_forward=1']],
    ['kernel.hostname = caf\uFFFD', 'warning', '\uFFFD', []],
  ])('%j', (text, severity, at, meant) => {
    expect(fault(text)).toEqual(['hidden-character', severity, at]);
    expect(refused(text)).toEqual(meant);
  });

  test('in a comment they harm nobody', () => {
    expect(sysctlTree('# caf\uFFFD\u00A0\n').faults).toEqual([]);
    expect(fault('net.ipv4.ip_forward = 1 # caf\uFFFD')[0]).toBe('foreign-comment');
  });
});

test('what a running kernel reports is never at fault', () => {
  const text = [
    "sysctl: permission denied on key 'net.ipv4.tcp_fastopen_key'",
    'kernel.version = #7-Ubuntu SMP',
    'dev.cdrom.info = drive # of slots:\t\t1',
    'kernel.core_pattern = "|/bin/false"',
    'net.ipv4.conf.eth0/100.rp_filter = 2',
  ].join('\n');
  const { statements, refused: none, faults } = sysctlTree(text, 'sysctl -a', 'observed');
  expect(faults).toEqual([]);
  expect(none).toEqual([]);
  expect(statements.map(({ path }) => path)).toEqual([
    'kernel/version',
    'dev/cdrom/info',
    'kernel/core_pattern',
    'net/ipv4/conf/eth0.100/rp_filter',
  ]);
});
