import { describe, expect, test } from 'vitest';
import { check, expectFaults, inInstance, inServer, inService } from '../support/faults.ts';
import { readMarks } from '../support/marks.ts';

describe('values', () => {
  test.each<[string, string]>([
    [
      inInstance('priority <|256|>'),
      'warning malformed-value: priority 256 is outside 1 to 255, so keepalived uses 100',
    ],
    [inInstance('priority <|0x64|>'), 'warning malformed-value: priority 0x64 is hexadecimal'],
    [
      inInstance('priority <|=|> 100'),
      "warning malformed-value: '=' stands where the value of priority belongs",
    ],
    [inInstance('priority <|1.5|>'), 'warning malformed-value: priority 1.5 is not a whole number'],
    [inInstance('advert_int <|1s|>'), "warning malformed-value: advert_int '1s' has text behind the number"],
    [inInstance('virtual_router_id <|0|>'), 'error malformed-value: virtual_router_id 0 is outside 1 to 255'],
    [
      inInstance('garp_master_repeat <|0|>'),
      'warning malformed-value: garp_master_repeat 0 is outside 1 to 4294967295, so keepalived takes 1',
    ],
    [inInstance('interface <|abcdefghijklmnop|>'), 'error malformed-value: '],
    [
      inInstance('<|notify_master|>'),
      'error malformed-value: notify_master has no value: keepalived stops reading here',
    ],
    [inInstance('smtp_alert <|maybe|>'), "warning malformed-value: smtp_alert 'maybe' is neither on nor off"],
    [inInstance('smtp_alert <|ON|>'), 'warning case-sensitive-value: '],
    [
      inInstance('state <|master|>'),
      'warning case-sensitive-value: state master is not MASTER to keepalived, so keepalived uses BACKUP',
    ],
    [inInstance('state <|SLAVE|>'), "warning malformed-value: state 'SLAVE' is not MASTER or BACKUP"],
    [inInstance('mcast_dst_ip <|10.0.0.1|>'), 'warning malformed-value: 10.0.0.1 is no multicast address'],
    [
      inInstance('notify_master /etc/notify.sh <|MASTER|>'),
      "error malformed-value: keepalived takes 'MASTER' for the user",
    ],
    [
      inInstance('virtual_ipaddress { <|10.0.0.300/24|> }'),
      "error malformed-value: '10.0.0.300/24' is no IPv4 address: 300 is above 255",
    ],
    [
      inInstance('virtual_ipaddress { <|10.0.0.1/33|> }'),
      'warning malformed-value: /33 is no prefix length, so keepalived takes /32',
    ],
    [
      inInstance('virtual_ipaddress { 10.0.0.1 <|metric|> 5 }'),
      "warning malformed-value: 'metric' is no option of an address",
    ],
    [
      inInstance('virtual_ipaddress { 10.0.0.1 label <|eth0:abcdefghijklm|> }'),
      'error malformed-value: the label',
    ],
    [
      inInstance('unicast_peer { <|10.0.0.2,10.0.0.3|> }'),
      "error malformed-value: '10.0.0.2,10.0.0.3' joins addresses with a comma",
    ],
    [inInstance('unicast_peer { <|peer.example|> }'), "error malformed-value: 'peer.example' is a name"],
    [inInstance('track_script { chk <|20|> }'), "warning malformed-value: '20' is no option of chk"],
    [
      inInstance('track_interface { eth1 weight <|254|> }'),
      'warning malformed-value: weight 254 is outside -253 to 253, so keepalived takes 253',
    ],
    [
      inInstance('virtual_routes { 192.0.2.0/24 via <|10.0.0.1/24|> dev eth0 }'),
      "error malformed-value: '10.0.0.1/24' does not fit behind via",
    ],
    [
      inInstance('virtual_rules { from 10.0.0.1 <|ip_proto|> tcp table 5 }'),
      "error malformed-value: 'ip_proto' is no option of a rule",
    ],
    ['vrrp_instance VI <|1|> {\n}', 'error malformed-value: vrrp_instance takes one word for a name'],
    [
      'vrrp_script c {\nscript /usr/bin/pidof <|haproxy|>\n}',
      "error malformed-value: keepalived runs '/usr/bin/pidof' without 'haproxy'",
    ],
    ['<|track_file x|> {\nweight 5\n}', "error malformed-value: track_file x has no 'file'"],
    [
      'virtual_server <|10.0.0.1:80|> {\n}',
      "error malformed-value: '10.0.0.1:80' joins address and port with a colon",
    ],
    [
      'virtual_server <|10.0.0.1-5|> 80 {\n}',
      'error malformed-value: keepalived drops the range of 10.0.0.1-5',
    ],
    ['virtual_server 10.0.0.1 <|http|> {\n}', "error malformed-value: 'http' is no port number"],
    [
      'virtual_server_group G {\n<|10.0.0.100-90|> 80\n}',
      "error malformed-value: '10.0.0.100-90' does not end above its start",
    ],
    [inService('real_server <|web1|> 80 {\n}'), "error malformed-value: 'web1' is a name"],
    [
      inService('real_server <|[fd00::21]|> 80 {\n}'),
      "error malformed-value: '[fd00::21]' stands in brackets",
    ],
    [
      inService('lb_algo <|RR|>'),
      'error case-sensitive-value: lb_algo RR is not rr to keepalived, so keepalived uses wlc',
    ],
    [
      inService('lb_algo <|bogus|>'),
      "error malformed-value: 'bogus' is no scheduler that keepalived knows, so keepalived uses wlc",
    ],
    [
      inService('lb_kind <|dr|>'),
      'error case-sensitive-value: lb_kind dr is not DR to keepalived, so keepalived uses NAT',
    ],
    [inService('lb_kind <|FNAT|>'), 'error malformed-value: FNAT belongs to forks such as DPVS'],
    [inService('lb_kind TUN <|type|> vxlan'), "error malformed-value: 'type' needs ipip, gue or gre"],
    [inService('alpha <|off|>'), "warning malformed-value: keepalived reads 'alpha off' as on"],
    [
      inService('persistence_timeout <|0|>'),
      'warning malformed-value: persistence_timeout 0 is outside 1 to 2678400',
    ],
    [
      inService('persistence_granularity <|255.0.255.0|>'),
      'warning malformed-value: the netmask 255.0.255.0 has gaps',
    ],
    [
      inServer('HTTP_GET {\nurl {\nstatus_code 200 <|600|>\n}\n}'),
      "warning malformed-value: '600' is no status code",
    ],
    [inServer('HTTP_GET {\nurl {\ndigest <|abc|>\n}\n}'), 'warning malformed-value: an MD5 digest has 32'],
    [
      'global_defs {\nnotification_email { <|[email|> protected] }\n}',
      "warning malformed-value: '[email protected]' is what a web page shows",
    ],
    [
      'global_defs {\nnotification_email { <|email@redacted|> }\n}',
      "warning malformed-value: 'email@redacted' is what a web page shows",
    ],
    [
      'global_defs {\nsmtp_server <|127.0.0.1:25|>\n}',
      "warning malformed-value: '127.0.0.1:25' joins address and port",
    ],
    [
      'global_defs {\nlvs_sync_daemon eth0 VI_1 <|51|>\n}',
      "warning malformed-value: '51' has no 'id' in front of it",
    ],
    [
      'global_defs {\nvrrp_strict <|off|>\n}',
      "warning malformed-value: up to keepalived 2.2.7 'vrrp_strict off' means on",
    ],
  ])('%j', (marked, message) => expectFaults(marked, [message]));

  test('fractions of a second are for newer releases', () => {
    const text = 'vrrp_script c {\nscript "/x"\ninterval <|0.5|>\n}';
    expectFaults(text, [
      'warning malformed-value: before keepalived 2.3.2, interval takes whole seconds only',
    ]);
    expectFaults(readMarks(text).text, [], { release: '2.3.2' });
  });

  test('a dotted mask is written as the prefix that was meant', () =>
    expect(check(inInstance('virtual_ipaddress { 10.0.0.1/255.255.255.0 }'))[0]?.remedy).toBe(
      'Write 10.0.0.1/24.',
    ));
});

describe('names that nobody defined', () => {
  test.each([
    inInstance('priority <|$PRIO|>'),
    inInstance('interface <|${IF}|>'),
    inInstance('virtual_ipaddress { <|$VIP|> dev $IF }'),
    inService('real_server <|${RS}|> 80 {\n}'),
    'vrrp_script c {\nscript <|"$DIR/check.sh -x"|>\n}',
  ])('%j: one fault', (marked) => expectFaults(marked, ['error undefined-variable: ']));

  test.each([
    inInstance('authentication {\nauth_pass pa$$w0rd\n}'),
    'vrrp_script c {\nscript "/bin/sh -c \'test $HOME\'"\n}',
    `$P=100\n${inInstance('priority $P')}`,
    inService('weight ${_RANDOM 1 5}'),
  ])('%j: none', (text) => expectFaults(text, []));

  test('a template that was not filled in', () =>
    expectFaults(inInstance('<|priority|> {{ prio }}'), [
      'error undefined-variable: the value of priority is a template that nobody filled in',
    ]));
});
