import { describe, expect, test } from 'vitest';
import { isStart, isStop } from '../../src/model/commands.ts';
import { commandsFrom } from '../../src/model/from-script.ts';
import { commandsOf, scriptTree, standsAt, stepsOf } from '../support/script.ts';

/** `branch: what` for each command of a script. */
function summary(text: string): string[] {
  return commandsOf(text).map(({ branch, does }) => (branch === undefined ? does : `${branch}: ${does}`));
}

describe('whole scripts', () => {
  test('a real server raises the VIP first and suppresses ARP afterwards', () => {
    const text = `#!/bin/bash
VIP=198.51.100.10
GATEWAY=198.51.100.1
ifconfig lo:0 $VIP netmask 255.255.255.255 broadcast $VIP up
route add -host $VIP dev lo:0
echo "1" > /proc/sys/net/ipv4/conf/lo/arp_ignore
echo "2" > /proc/sys/net/ipv4/conf/all/arp_announce
echo 1 > /proc/sys/net/ipv4/ip_forward
`;
    expect(summary(text)).toEqual([
      'add-address',
      'add-route',
      'set-kernel-key',
      'set-kernel-key',
      'set-kernel-key',
    ]);
    expect(commandsFrom(scriptTree(text)).script.unused.map(({ value }) => value)).toEqual(['GATEWAY']);
    const [vip] = stepsOf(text, 'add-address');
    expect(vip?.address).toMatchObject({
      key: '198.51.100.10',
      family: 4,
      alias: 'lo:0',
      by: 'command',
      address: { value: '198.51.100.10', basis: 'written' },
      interface: { value: 'lo' },
      prefix: { value: 32, basis: 'written' },
      broadcast: { value: '198.51.100.10' },
    });
    expect(standsAt(vip?.address?.address as never)).toBe('$VIP');
    expect(standsAt(vip?.address?.prefix as never)).toBe('255.255.255.255');
    const [route] = stepsOf(text, 'add-route');
    expect(route).toMatchObject({
      destination: { value: '198.51.100.10' },
      device: { value: 'lo' },
      alias: 'lo:0',
      isHost: true,
      isDefault: false,
    });
    expect(
      stepsOf(text, 'set-kernel-key').map(({ setting }) => [setting?.key, setting?.value.value]),
    ).toEqual([
      ['net/ipv4/conf/lo/arp_ignore', '1'],
      ['net/ipv4/conf/all/arp_announce', '2'],
      ['net/ipv4/ip_forward', '1'],
    ]);
  });

  test('a director empties the table and fills it', () => {
    const text = `VIP=198.51.100.20; RIP=198.51.100.21
/sbin/ipvsadm -C
/sbin/ipvsadm --set 30 5 60
/sbin/ipvsadm -A -t $VIP:80 -s wrr
/sbin/ipvsadm -a -t $VIP:80 -r $RIP -g -w 2
/sbin/ipvsadm -ln
ipvsadm-save -n > /etc/sysconfig/ipvsadm
`;
    expect(summary(text)).toEqual(['clear-table', 'set-ipvs-timeouts', 'ipvs', 'ipvs', 'save-table']);
    const [service, server] = stepsOf(text, 'ipvs');
    expect(service).toMatchObject({ action: 'add-service', program: '/sbin/ipvsadm', order: 2 });
    expect(server?.words.map((word) => word.text).join(' ')).toBe(
      '/sbin/ipvsadm -a -t 198.51.100.20:80 -r 198.51.100.21 -g -w 2',
    );
    expect(server?.ipvsadm?.weight?.value).toBe(2);
    expect(stepsOf(text, 'set-ipvs-timeouts')[0]).toMatchObject({
      tcp: { value: 30 },
      tcpfin: { value: 5 },
      udp: { value: 60 },
    });
    expect(stepsOf(text, 'save-table')[0]?.file?.value).toBe('/etc/sysconfig/ipvsadm');
    expect(commandsFrom(scriptTree(text)).faults).toEqual([]);
  });

  test('an array of VIPs, an alias from the last octet', () => {
    const text = `#!/bin/sh
VIPS=(198.51.100.30 198.51.100.31)
for ip in "\${VIPS[@]}"; do
  ifconfig lo:\${ip##*.} $ip netmask 255.255.255.255 up
done
`;
    expect(
      stepsOf(text, 'add-address').map(({ address }) => [
        address?.key,
        address?.alias,
        address?.prefix?.value,
      ]),
    ).toEqual([
      ['198.51.100.30', 'lo:30', 32],
      ['198.51.100.31', 'lo:31', 32],
    ]);
    expect(commandsFrom(scriptTree(text)).script.bashOnly.map(({ value }) => value)).toEqual(['VIPS=(']);
  });

  test('an init script keeps start and stop apart', () => {
    const text = `#!/bin/sh
# chkconfig: 2345 90 10
start() { ip addr add 198.51.100.10/32 dev lo label lo:0; }
stop() { ip addr del 198.51.100.10/32 dev lo; }
case "$1" in
  start) echo 1 > /proc/sys/net/ipv4/conf/all/arp_ignore; start ;;
  stop) stop; echo 0 > /proc/sys/net/ipv4/conf/all/arp_ignore ;;
  restart) stop; start ;;
esac
`;
    expect(summary(text)).toEqual([
      'start: set-kernel-key',
      'start: add-address',
      'stop: remove-address',
      'stop: set-kernel-key',
    ]);
    expect(commandsOf(text).map(isStart)).toEqual([true, true, false, false]);
    expect(commandsOf(text).map(isStop)).toEqual([false, false, true, true]);
    const { script } = commandsFrom(scriptTree(text));
    expect(script).toMatchObject({ shell: 'sh', branches: ['start', 'stop'], label: 'rs.sh' });
    expect(standsAt(script.forBoot as never)).toBe('# chkconfig: 2345 90 10');
  });
});

test.each([
  [undefined, true],
  ['start', true],
  ['restart', true],
  ['start|restart', true],
  ['on', true],
  ['stop', false],
  ['stop|status', false],
  ['--stop', false],
  ['stop_rs', false],
  ['*', false],
])('branch %j sets up: %j', (branch, expected) => {
  expect(isStart({ branch })).toBe(expected);
});

test('a script that lies where the boot looks runs at boot', () => {
  const forBoot = (name: string) => commandsFrom(scriptTree('#!/bin/sh\n', name)).script.forBoot?.value;
  expect(forBoot('lb1/etc/rc.d/init.d/lvs')).toBe('lb1/etc/rc.d/init.d/lvs');
  expect(forBoot('/etc/rc.local')).toBe('/etc/rc.local');
  expect(forBoot('rs/rs.sh')).toBeUndefined();
});

test('what ipvsadm refuses is a fault, once, and not where another sign explains it', () => {
  const faults = (text: string) =>
    commandsFrom(scriptTree(text)).faults.map(({ kind, message }) => `${kind}: ${message}`);
  expect(faults('for i in 1 2; do ipvsadm -A -t 192.0.2.1:80 -s rr 120; done')).toEqual([
    'refused-command: ipvsadm refuses 120: unexpected argument',
  ]);
  expect(faults('ipvsadm -a -t 192.0.2.1:80 -r 192.0.2.2:80 \u2013g')).toHaveLength(1);
  expect(faults('ipvsadm -A -t $1:80 $2\n./ipvsadm -A -t 192.0.2.1:80 -j enable\n')).toEqual([]);
});

test('prefixes that run another program are passed over', () => {
  const text =
    'sudo -n ipvsadm -C\nnice -n 5 sysctl -w a.b=1\nenv A=1 ifconfig lo up\naction "VIP" /sbin/ifconfig lo:0 down\n';
  expect(commandsOf(text).map(({ does, program }) => [does, program])).toEqual([
    ['clear-table', 'ipvsadm'],
    ['set-kernel-key', 'sysctl'],
    ['set-link', 'ifconfig'],
    ['remove-address', '/sbin/ifconfig'],
  ]);
});

test('what another host or another namespace does is not ours', () => {
  expect(
    commandsOf(
      'ssh rs1 "ipvsadm -C"\nip netns exec x ipvsadm -C\nip -n x addr add 192.0.2.1 dev lo\necho ipvsadm -C\n: ipvsadm -C\n',
    ),
  ).toEqual([]);
});
