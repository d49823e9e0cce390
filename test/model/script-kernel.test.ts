import { describe, expect, test } from 'vitest';
import { commandsOf, standsAt, stepsOf } from '../support/script.ts';

/** `key=value` of every kernel key that a script sets now. */
const keysOf = (text: string) =>
  stepsOf(text, 'set-kernel-key').map(({ setting }) =>
    setting ? `${setting.key}=${setting.value.value}` : '?',
  );

describe('kernel keys', () => {
  test.each([
    ['echo 1 > /proc/sys/net/ipv4/ip_forward', ['net/ipv4/ip_forward=1']],
    ['echo "1" >/proc/sys/net/ipv4/conf/eth0.100/rp_filter', ['net/ipv4/conf/eth0.100/rp_filter=1']],
    ['echo -n 1 > /proc/sys/a/b; printf "%d\\n" 2 > /proc/sys/a/c', ['a/b=1', 'a/c=2']],
    ['echo 1024 65535 > /proc/sys/net/ipv4/ip_local_port_range', ['net/ipv4/ip_local_port_range=1024 65535']],
    ['echo 1 | sudo tee /proc/sys/a/b /proc/sys/a/c > /dev/null', ['a/b=1', 'a/c=1']],
    ['> /proc/sys/a/b echo 1', ['a/b=1']],
    ['cat <<< 1 > /proc/sys/a/b', ['a/b=1']],
    ['for i in all lo; do echo 2 > /proc/sys/c/$i/x; done', ['c/all/x=2', 'c/lo/x=2']],
    ['for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 > $f; done', ['net/ipv4/conf/*/rp_filter=0']],
    [
      'sysctl -w net.ipv4.ip_forward=1 net.ipv4.conf.eth0/100.rp_filter=2',
      ['net/ipv4/ip_forward=1', 'net/ipv4/conf/eth0.100/rp_filter=2'],
    ],
    ['sysctl -q net/ipv4/ip_forward="1"', ['net/ipv4/ip_forward=1']],
    ["sudo sh -c 'echo 1 > /proc/sys/a/b'", ['a/b=1']],
    ['echo 1 > /proc/sys/net/ipv4/conf/$IF/arp_ignore', ['?']],
    ['sysctl -w net.ipv4.conf.$IF.arp_ignore=1', ['?']],
  ])('%s', (text, keys) => {
    expect(keysOf(text)).toEqual(keys);
  });

  test('a value that nobody knows is no number', () => {
    for (const value of keysOf('echo $1 > /proc/sys/a/b; sysctl -w a.b=$1; hostname > /proc/sys/a/b'))
      expect(Number(value.split('=')[1])).toBeNaN();
  });

  test('1> sends the output itself and sets nothing', () => {
    expect(commandsOf('echo 1>/proc/sys/net/ipv4/ip_forward')).toEqual([]);
  });

  test('places', () => {
    const [echo] = stepsOf('echo "1" > /proc/sys/a/b', 'set-kernel-key');
    expect(standsAt(echo?.setting as never)).toBe('echo "1" > /proc/sys/a/b');
    expect(standsAt(echo?.setting?.value as never)).toBe('"1"');
    const [sysctl] = stepsOf('sysctl -w a.b=1', 'set-kernel-key');
    expect(standsAt(sysctl?.setting?.value as never)).toBe('1');
    expect(sysctl).toMatchObject({ spelling: 'sysctl', setting: { by: 'command' } });
  });
});

describe('sysctl files', () => {
  test.each([
    ['echo "a.b=1" >> /etc/sysctl.conf', false],
    ['echo a.b=1 | sudo tee -a /etc/sysctl.conf', false],
    ['sysctl -w a.b=1 >> /etc/sysctl.conf', false],
    ['cat >> /etc/sysctl.conf <<EOF\n# note\na.b = 1\nEOF', false],
    ['grep -q a.b /etc/sysctl.conf || echo a.b=1 >> /etc/sysctl.conf', true],
    ['if ! grep -q a.b /etc/sysctl.conf; then echo a.b=1 >> /etc/sysctl.conf; fi', true],
    ['sed -i "/a.b/d" /etc/sysctl.conf\necho a.b=1 >> /etc/sysctl.conf', true],
    ['> /etc/sysctl.conf\necho a.b=1 >> /etc/sysctl.conf', true],
    ['sed "/a.b/d" /etc/sysctl.conf\necho a.b=1 >> /etc/sysctl.conf', false],
  ])('%j appends, guarded: %j', (text, guarded) => {
    const [command] = stepsOf(text, 'append-sysctl-line');
    expect(command).toMatchObject({ guarded, file: { value: '/etc/sysctl.conf' } });
    expect(command?.settings.map(({ key, value, by }) => [key, value.value, by])).toEqual([
      ['a/b', '1', 'file'],
    ]);
  });

  test('a file of its own is written whole', () => {
    const text =
      'V=2\ncat > /etc/sysctl.d/90-lvs.conf <<EOF\nnet.ipv4.conf.all.arp_ignore = 1\n-net.ipv4.conf.all.arp_announce=$V\nEOF\n';
    const [command] = stepsOf(text, 'write-sysctl-file');
    expect(command?.settings.map(({ key, value, ignoreErrors }) => [key, value.value, ignoreErrors])).toEqual(
      [
        ['net/ipv4/conf/all/arp_ignore', '1', undefined],
        ['net/ipv4/conf/all/arp_announce', '2', true],
      ],
    );
    expect(standsAt(command?.settings[0] as never)).toBe('net.ipv4.conf.all.arp_ignore = 1');
    expect(standsAt(command?.settings[0]?.value as never)).toBe('1');
  });

  test('several lines of one echo or printf', () => {
    const keys = (text: string) => stepsOf(text, 'write-sysctl-file')[0]?.settings.map(({ key }) => key);
    expect(keys("printf '%s\\n' a.b=1 c.d=2 > /etc/sysctl.d/x.conf")).toEqual(['a/b', 'c/d']);
    expect(keys('echo "a.b=1\nc.d=2" > /etc/sysctl.d/x.conf')).toEqual(['a/b', 'c/d']);
    expect(keys('echo -e "a.b=1\\nc.d=2" > /etc/sysctl.d/x.conf')).toEqual(['a/b', 'c/d']);
  });

  test('loading them', () => {
    const files = (text: string) => stepsOf(text, 'load-sysctl').map(({ file }) => file?.value);
    expect(files('sysctl -p >/dev/null 2>&1')).toEqual(['/etc/sysctl.conf']);
    expect(files('sysctl -e -p /etc/sysctl.d/x.conf')).toEqual(['/etc/sysctl.d/x.conf']);
    expect(files('sysctl --load=/x; sysctl --system')).toEqual(['/x', undefined]);
    expect(commandsOf('sysctl -a; sysctl net.ipv4.ip_forward; sysctl -n a.b')).toEqual([]);
  });

  test('files that act at boot', () => {
    const files = (text: string) => stepsOf(text, 'write-boot-file').map(({ file }) => file.value);
    expect(files("echo '/root/rs.sh' >> /etc/rc.local; echo ip_vs > /etc/modules-load.d/ipvs.conf")).toEqual([
      '/etc/rc.local',
      '/etc/modules-load.d/ipvs.conf',
    ]);
    expect(files('echo a > /tmp/x; echo b >> /etc/motd')).toEqual([]);
  });
});
