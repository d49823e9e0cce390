import { describe, expect, test } from 'vitest';
import { readKeepalived } from '../../grammars/keepalived/read.ts';
import { sourceOf } from '../support/source.ts';

function messages(text: string, release = '2.2.7'): string[] {
  return readKeepalived(sourceOf(text), { release }).faults.map(({ message }) => message);
}

const instance = (lines: string) =>
  `vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\n${lines}\nvirtual_ipaddress {\n192.0.2.1/24\n}\n}\n`;
const service = (lines: string, name = '192.0.2.1 80') =>
  `virtual_server ${name} {\n${lines}\nlb_kind NAT\nreal_server 192.0.2.2 80 {\n}\n}\n`;

describe('lines that keepalived resets because of others of their block', () => {
  test.each([
    ['track_interface {\neth0\n}', 'eth0 is the interface of the instance'],
    ['track_interface {\neth1\neth1 weight 5\n}', 'eth1 is tracked already'],
    ['use_vmac\npromote_secondaries', 'use_vmac sets promote_secondaries by itself'],
    ['vmac_xmit_base', 'vmac_xmit_base does nothing without use_vmac'],
    ['use_vmac\nunicast_peer {\n192.0.2.3\n}', 'keepalived sets vmac_xmit_base by itself'],
    ['unicast_ttl 4', 'unicast_ttl does nothing without a unicast peer'],
    ['nopreempt\npreempt_delay 60', 'preempt_delay has no effect beside nopreempt'],
    ['nopreempt\npriority 255', 'nopreempt has no effect at priority 255'],
    ['state MASTER\nnopreempt', 'nopreempt has no effect at priority 255'],
    ['virtual_routes {\n192.0.2.0/24 via 192.0.2.9\n}', 'does not track the route 192.0.2.0/24'],
    [
      'virtual_routes {\n192.0.2.0/24 nexthop via 192.0.2.9 dev eth0\n}',
      'does not track the route 192.0.2.0/24',
    ],
    ['mcast_src_ip 192.0.2.7\nmcast_dst_ip ff02::13', 'ff02::13 is IPv6 and the instance IPv4'],
    ['mcast_src_ip 192.0.2.7\nnative_ipv6', 'the instance has IPv4 addresses already'],
    ['native_ipv6\nversion 2', 'version 2 has no IPv6'],
    ['vrf red', 'vrf counts in an instance without interface only'],
    ['use_ipvlan ipv7', 'an IPv4 instance needs an address behind use_ipvlan'],
    ['check_unicast_src', 'check_unicast_src does nothing without a unicast peer'],
    ['use_vmac 00:00:5e:00:01:33', 'the range that VRRP keeps for itself'],
  ])('%j in an instance', (lines, message) => {
    expect(messages(instance(lines))).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    'track_interface {\neth1\n}\ntrack_script {\neth1\n}',
    'use_vmac\nvmac_xmit_base\nunicast_peer {\n192.0.2.3\n}\nunicast_ttl 4',
    'nopreempt\npreempt_delay 0',
    'state MASTER\npriority 100\nnopreempt',
    'virtual_routes {\n192.0.2.0/24 via 192.0.2.9 dev eth0\n192.0.3.0/24 via 192.0.2.9 no_track\n}',
  ])('nothing of %j', (lines) => expect(messages(instance(lines))).toEqual([]));

  test('a route without an interface is tracked by later releases', () => {
    const text = instance('virtual_routes {\n192.0.2.0/24 via 192.0.2.9\n}');
    expect(messages(text, '2.3.1')).toEqual([]);
  });

  test.each([
    ['lb_algo rr\nhashed', 'hashed counts behind lb_algo sh or mh only'],
    ['sh-port\nlb_algo sh', 'sh-port counts behind lb_algo sh or mh only'],
    ['sorry_server_inhibit\nsorry_server 192.0.2.3 80', 'no sorry_server stands above sorry_server_inhibit'],
    ['ip_family inet6', 'the address of the virtual server makes it inet'],
    ['sorry_server_lvs_method DR', 'no sorry_server stands above sorry_server_lvs_method'],
    ['sorry_server 2001:db8::3 80', '2001:db8::3 is IPv6 and the virtual server IPv4'],
    ['real_server 192.0.2.3 80 {\nTCP_CHECK {\nbindto 2001:db8::3\n}\n}', 'the check asks an IPv4 address'],
    [
      'real_server 192.0.2.3 80 {\nBFD_CHECK {\nname b\n}\nBFD_CHECK {\nname b\n}\n}',
      'the real server watches b already',
    ],
    [
      'real_server 192.0.2.3 80 {\nUDP_CHECK {\nmin_reply_length 300\n}\n}',
      'min_reply_length 300 is above max_reply_length 255',
    ],
  ])('%j in a virtual server', (lines, message) => {
    expect(messages(service(lines))).toEqual([expect.stringContaining(message)]);
  });

  test('a protocol of a firewall mark', () => {
    expect(messages(service('protocol TCP', 'fwmark 3'))).toEqual([
      expect.stringContaining('no protocol of its own'),
    ]);
  });

  test.each([
    ['lb_kind DR', '192.0.2.4', 'ha_suspend', 'no address to wait for'],
    ['lb_kind DR', '192.0.2.4 80', '', 'so keepalived clears this one'],
    ['lb_kind NAT', '192.0.2.4', 'ip_family inet6', 'the servers above make it IPv4'],
    ['lb_kind NAT', '192.0.2.4', 'real_server 2001:db8::4 {\n}', 'the virtual server IPv4'],
  ])('%s %s %s behind a firewall mark', (method, server, line, message) => {
    const text = `virtual_server fwmark 3 {\n${method}\nreal_server ${server} {\n}\n${line}\n}\n`;
    expect(messages(text)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['static_routes {\nblackhole 192.0.2.0/24\n}\n', 'does not track the route'],
    ['garp_group {\ninterface eth5\n}\n', 'neither garp_interval nor gna_interval'],
    ['garp_group {\ngarp_interval 1\ninterfaces {\neth5\neth5\n}\n}\n', 'eth5 is in a garp_group already'],
    ['track_group T {\ngroup {\n}\n}\n', 'the list group is empty'],
    ['bfd_instance b {\nneighbor_ip 192.0.2.3\nsource_ip 2001:db8::3\n}\n', 'is IPv6 and the neighbour IPv4'],
  ])('%j', (text, message) => {
    expect(messages(text)).toEqual([expect.stringContaining(message)]);
  });

  test('nothing of servers that tunnels reach in the other family', () => {
    const text = `virtual_server 192.0.2.1 80 {\nlb_kind TUN\nreal_server 2001:db8::2 80 {\n}\n}\n`;
    expect(messages(text)).toEqual([]);
  });

  test('nothing of what is in order', () => {
    expect(messages(service('lb_algo sh\nsh-port\nsorry_server 192.0.2.3 80\nsorry_server_inhibit'))).toEqual(
      [],
    );
  });
});

describe('a comment that ends in a backslash', () => {
  test.each(['# a \\', '  ! a\\', 'global_defs {\n# a \\\n}'])('%j is a keyword up to 2.2.7', (text) => {
    const [fault, ...others] = readKeepalived(sourceOf(`${text}\n`), { release: '2.2.7' }).faults;
    expect(fault?.message).toContain('the backslash at the end of this comment');
    expect(others).toEqual([]);
    expect(messages(`${text}\n`, '2.2.8')).toEqual([]);
  });

  test.each(['$P= \\\n# a \\\nglobal_defs { \\\n}\n', 'global_defs { # a \\\n}\n'])('%j: nothing', (text) => {
    expect(messages(text)).toEqual([]);
  });
});

describe('the interface that an instance makes for itself', () => {
  const two = (one: string, other: string) =>
    [one, other]
      .map((line, at) => `vrrp_instance V${at} {\ninterface eth0\nvirtual_router_id ${at + 1}\n${line}\n}\n`)
      .join('');

  test.each(['use_vmac a', 'use_ipvlan a 192.0.2.9'])('a second use_vmac a in front of %j', (line) => {
    const found = messages(two('use_vmac a', line)).filter((message) =>
      message.includes('makes an interface'),
    );
    expect(found).toEqual([
      'another instance makes an interface a already, so keepalived ignores the name here',
    ]);
  });

  test.each(['use_vmac', 'use_vmac b'])('nothing of %j', (line) => {
    const found = messages(two('use_vmac a', line)).filter((message) =>
      message.includes('makes an interface'),
    );
    expect(found).toEqual([]);
  });
});
