import { describe, expect, test } from 'vitest';
import { commandsOf, standsAt, stepsOf } from '../support/script.ts';

describe('addresses', () => {
  test.each([
    ['ip addr add 192.0.2.1/32 dev lo', 'lo', undefined, 32, 'written'],
    ['ip addr add 192.0.2.1 dev lo', 'lo', undefined, 32, 'default'],
    ['ip a a local 192.0.2.1/24 brd + dev eth0', 'eth0', undefined, 24, 'written'],
    ['ip address replace 192.0.2.1/255.255.255.0 dev eth0', 'eth0', undefined, 24, 'written'],
    ['ip addr add 192.0.2.1/32 dev eth0:0', 'eth0', 'eth0:0', 32, 'written'],
    ['ifconfig lo:0 192.0.2.1 netmask 255.255.255.255 broadcast 192.0.2.1 up', 'lo', 'lo:0', 32, 'written'],
    ['/sbin/ifconfig eth1:18 192.0.2.1/24 up', 'eth1', 'eth1:18', 24, 'written'],
    ['ifconfig lo:0 192.0.2.1 up', 'lo', 'lo:0', 24, 'default'],
    ['ifconfig lo 192.0.2.1 netmask 0xffffff00', 'lo', undefined, 24, 'written'],
    ['ifconfig lo:$n 192.0.2.1 netmask 255.255.0.0', 'lo', 'lo:$n', 16, 'written'],
  ])('%s', (line, device, alias, prefix, basis) => {
    const [command] = stepsOf(line, 'add-address');
    const { address } = command ?? {};
    expect([address?.key, address?.interface.value, address?.alias]).toEqual(['192.0.2.1', device, alias]);
    expect([address?.prefix?.value, address?.prefix?.basis]).toEqual([prefix, basis]);
    expect(standsAt(address?.address as never)).toBe('192.0.2.1');
  });

  test('without a netmask ifconfig goes by the class', () => {
    const prefixOf = (address: string) =>
      stepsOf(`ifconfig lo:0 ${address} up`, 'add-address')[0]?.address?.prefix?.value;
    expect(['10.1.2.3', '127.0.0.2', '172.16.0.1', '192.168.0.1', '224.0.0.18'].map(prefixOf)).toEqual([
      8,
      8,
      16,
      24,
      undefined,
    ]);
  });

  test('IPv6 addresses have one key', () => {
    const [ip] = stepsOf('ip -6 addr add 2001:db8:0::0:1/128 dev lo', 'add-address');
    const [ifconfig] = stepsOf('ifconfig lo inet6 add 2001:db8::1/128', 'add-address');
    expect([ip?.address?.key, ifconfig?.address?.key]).toEqual(['2001:db8::1', '2001:db8::1']);
    expect([ip?.address?.family, ip?.address?.prefix?.value]).toEqual([6, 128]);
    expect(stepsOf('ip addr add 2001:db8::1 dev lo', 'add-address')[0]?.address?.prefix).toMatchObject({
      value: 128,
      basis: 'default',
    });
  });

  test('label and scope are kept', () => {
    const [command] = stepsOf(
      'ip addr add 192.0.2.1/32 brd 192.0.2.1 dev lo label lo:0 scope host',
      'add-address',
    );
    expect(command?.address).toMatchObject({
      label: 'lo:0',
      scope: 'host',
      broadcast: { value: '192.0.2.1' },
    });
    expect(command?.address).not.toHaveProperty('alias');
  });

  test.each([
    ['an unknown address', 'ifconfig lo:0 $1 netmask 255.255.255.255 up', 'lo'],
    ['a placeholder', 'ip addr add VIP-HERE.EXAMPLE/32 dev lo', 'lo'],
    ['an address that programs read in different ways', 'ip addr add 192.0.2.010/32 dev lo', 'lo'],
    ['an unknown device', 'ip addr add 192.0.2.1/32 dev $IF', undefined],
  ])('%s leaves the field out', (_, line, device) => {
    const [command] = stepsOf(line, 'add-address');
    expect(command).not.toHaveProperty('address');
    expect(command?.interface?.value).toBe(device);
  });

  test.each([
    ['an unknown netmask', 'ifconfig lo:0 192.0.2.1 netmask $M up'],
    ['a netmask with holes', 'ifconfig lo:0 192.0.2.1 netmask 255.0.255.0'],
    ['a prefix that cannot be', 'ip addr add 192.0.2.1/99 dev lo'],
    ['an unknown prefix', 'ip addr add 192.0.2.1/$P dev lo'],
  ])('%s leaves the prefix open', (_, line) => {
    expect(stepsOf(line, 'add-address')[0]?.address?.prefix).toBeUndefined();
  });

  test('what takes addresses away', () => {
    const removed = (line: string) => {
      const [command] = stepsOf(line, 'remove-address');
      return [command?.key, command?.interface?.value, command?.alias, command?.flush];
    };
    expect(removed('ip addr del 192.0.2.1/32 dev lo')).toEqual(['192.0.2.1', 'lo', undefined, false]);
    expect(removed('ip addr flush dev eth0:0')).toEqual([undefined, 'eth0', 'eth0:0', true]);
    expect(removed('ifconfig lo:0 down')).toEqual([undefined, 'lo', 'lo:0', false]);
    expect(removed('ifconfig eth0:1 0.0.0.0')).toEqual([undefined, 'eth0', 'eth0:1', false]);
    expect(removed('ip a d $VIP dev lo')).toEqual([undefined, 'lo', undefined, false]);
  });

  test('what only looks is nothing', () => {
    expect(
      commandsOf(
        'ip addr show dev lo; ip a; ifconfig; ifconfig lo; ip addr ls; ip link show; ip route get 1.1.1.1',
      ),
    ).toEqual([]);
  });
});

describe('links', () => {
  test.each([
    ['ip link set dev eth0 up', 'eth0', undefined, 'up'],
    ['ip link set eth0:0 down', 'eth0', 'eth0:0', 'down'],
    ['ip l set eth0 mtu 9000', 'eth0', undefined, 'other'],
    ['ifconfig lo down', 'lo', undefined, 'down'],
    ['ifconfig tunl0 up', 'tunl0', undefined, 'up'],
    ['ifconfig eth0 -arp', 'eth0', undefined, 'other'],
  ])('%s', (line, device, alias, state) => {
    const [command] = stepsOf(line, 'set-link');
    expect([command?.interface?.value, command?.alias, command?.state]).toEqual([device, alias, state]);
  });
});

describe('routes', () => {
  const routeOf = (line: string) => {
    const [command] = [...stepsOf(line, 'add-route'), ...stepsOf(line, 'remove-route')];
    const { does, destination, via, device, type, isHost, isDefault } = command ?? {};
    return [does, destination?.value, via?.value, device?.value, type, isHost, isDefault];
  };

  test.each([
    ['ip route add 192.0.2.1 dev lo', ['add-route', '192.0.2.1', undefined, 'lo', undefined, true, false]],
    [
      'ip r replace default via 192.0.2.254 dev eth0',
      ['add-route', 'default', '192.0.2.254', 'eth0', undefined, false, true],
    ],
    [
      'ip route add local 192.0.2.1/32 dev lo',
      ['add-route', '192.0.2.1/32', undefined, 'lo', 'local', true, false],
    ],
    [
      'ip -4 ro del 198.51.100.0/24',
      ['remove-route', '198.51.100.0/24', undefined, undefined, undefined, false, false],
    ],
    [
      'route add -host 192.0.2.1 dev lo:0',
      ['add-route', '192.0.2.1', undefined, 'lo', undefined, true, false],
    ],
    ['route add -host 192.0.2.1 lo:1', ['add-route', '192.0.2.1', undefined, 'lo', undefined, true, false]],
    [
      'route add -net 10.0.0.0 netmask 255.0.0.0 gw 192.0.2.254',
      ['add-route', '10.0.0.0', '192.0.2.254', undefined, undefined, false, false],
    ],
    [
      'route add default gw 192.0.2.254 eth0',
      ['add-route', 'default', '192.0.2.254', 'eth0', undefined, false, true],
    ],
    ['route del 192.0.2.1', ['remove-route', '192.0.2.1', undefined, undefined, undefined, true, false]],
    ['route add -host $1 dev lo:0', ['add-route', undefined, undefined, 'lo', undefined, false, false]],
  ])('%s', (line, expected) => {
    expect(routeOf(line)).toEqual(expected);
  });

  test('rules of the routing policy', () => {
    expect(
      stepsOf('ip rule add from 192.0.2.1 table 100; ip rule show', 'policy-rule').map(
        ({ action }) => action,
      ),
    ).toEqual(['add']);
  });
});
