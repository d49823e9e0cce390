import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckOptions, checkVocabulary } from '../../grammars/keepalived/check.ts';
import { parseKeepalived } from '../../grammars/keepalived/read.ts';
import type { Fault } from '../../grammars/tree.ts';
import { readMarks, writeMarks } from '../support/marks.ts';
import { sourceOf } from '../support/source.ts';

function check(text: string, options?: CheckOptions): Fault[] {
  const faults: Fault[] = [];
  checkVocabulary(parseKeepalived(sourceOf(text)).statements, (fault) => faults.push(fault), options);
  return faults;
}

/** What is expected of a marked text: a line `severity kind: message` for each mark, in order. */
function expectFaults(marked: string, expected: readonly string[], options?: CheckOptions): void {
  const { text } = readMarks(marked);
  const faults = check(text, options);
  expect(writeMarks({ text, ranges: faults.map(({ at }) => at.range) })).toBe(marked);
  const said = faults.map(({ severity, kind, message }) => `${severity} ${kind}: ${message}`);
  expect(said).toEqual(expected.map((line) => expect.stringContaining(line)));
}

const inInstance = (lines: string) => `vrrp_instance VI_1 {\n${lines}\n}\n`;
const inService = (lines: string) => `virtual_server 10.0.0.100 80 {\n${lines}\n}\n`;
const inServer = (lines: string) => inService(`real_server 10.0.0.21 80 {\n${lines}\n}`);

const SOUND = `
global_defs {
  router_id lb1
  notification_email { ops@example.com root }
  smtp_server 192.0.2.25 25
  vrrp_strict
  enable_script_security
  script_user root
  lvs_sync_daemon eth1 VI_1 id 51 maxlen 1400 port 8848 ttl 1 group 224.0.0.81
  lvs_timeouts tcp 900 tcpfin 120 udp 300
  vrrp_garp_master_refresh 60
}
vrrp_script chk_nginx {
  script "/usr/bin/pgrep nginx"
  interval 2
  weight -20 reverse
  fall 2
}
track_file maintenance { file /etc/maintenance
  weight -100 }
vrrp_instance VI_1 {
  state BACKUP
  interface eth0
  virtual_router_id 51
  priority "0150"
  advert_int .5
  version 3
  nopreempt
  use_vmac vrrp.51
  vmac_xmit_base
  unicast_peer { 192.0.2.12 min_ttl 255 max_ttl 255 }
  track_script { chk_nginx weight -30 }
  track_interface {
    eth1 weight -50 reverse
  }
  virtual_ipaddress {
    10.0.0.100/24 dev eth0 label eth0:1 scope global brd + no_track
    10.0.0.101
  }
  virtual_routes {
    192.0.2.0/24 via 10.0.0.1 dev eth0 metric 5
    blackhole 198.51.100.0/24
  }
  virtual_rules { priority 100 from 10.0.0.0/24 table 100 }
  notify_master "/etc/keepalived/notify.sh master" root
}
virtual_server_group G {
  10.0.0.100-110 80
  fwmark 5 inet6
  2001:db8::10 443
}
virtual_server group G {
  delay_loop 6.5
  lvs_sched wrr
  lb_kind TUN type gue port 6080 csum
  protocol tcp
  persistence_timeout
  sorry_server 127.0.0.1 80
  real_server 2001:db8::21 443 {
    weight 0
    inhibit_on_failure yes
    SSL_GET {
      url {
        path /
        status_code 200 301-302
      }
      enable_sni
      connect_timeout 3
    }
    MISC_CHECK { misc_path "/usr/bin/true a b" }
  }
}
`;

test('a sound file has no fault', () => expectFaults(SOUND, []));

describe('words that keepalived does not know', () => {
  test.each<[string, string, string]>([
    ['a slip', inInstance('<|pirority|> 100'), 'error unknown-keyword: '],
    [
      'another case',
      'global_defs {\n<|Router_id|> x\n}',
      'warning unknown-keyword: keepalived knows router_id',
    ],
    [
      'a block: its content is not reported',
      inInstance('<|virtual_ipadress|> {\n10.0.0.1/24\nfoo\n}'),
      "error unknown-keyword: 'virtual_ipadress' is no keyword of vrrp_instance; virtual_ipaddress is",
    ],
    [
      'a word of another block',
      inServer('TCP_CHECK {\n<|nb_get_retry|> 3\n}'),
      "error unknown-keyword: 'nb_get_retry' is no keyword of TCP_CHECK; it belongs in HTTP_GET, SSL_GET",
    ],
    [
      'a word of the top level',
      'global_defs {\n<|instance|> foo\n}',
      "warning unknown-keyword: 'instance' is no keyword of global_defs; it belongs at the top level",
    ],
    [
      'a word that a release lost',
      inService('<|nat_mask|> 255.0.0.0'),
      "warning unknown-keyword: keepalived does not know 'nat_mask', which went with 1.2.20",
    ],
    [
      'a word of a fork',
      inService('<|laddr_group_name|> x'),
      "warning unknown-keyword: 'laddr_group_name' belongs to DPVS",
    ],
    [
      'an address without its list',
      inInstance('<|10.0.0.1/24|>'),
      "error unknown-keyword: the address '10.0.0.1/24'",
    ],
    [
      'a name of every object',
      '<|constructor|> x',
      "warning unknown-keyword: 'constructor' is no keyword of the top level",
    ],
    [
      'an outdated word',
      inServer('HTTP_GET {\n<|nb_get_retry|> 3\n}'),
      "info unknown-keyword: 'nb_get_retry' is outdated since 1.3.7",
    ],
  ])('%s', (_, marked, message) => expectFaults(marked, [message]));

  test('the remedy is the word that fits', () => {
    const remedyOf = (text: string) => check(text)[0]?.remedy;
    expect(remedyOf(inServer('TCP_CHECK {\nnb_get_retry 3\n}'))).toBe('Write retry.');
    expect(remedyOf('global_defs {\nsmtp_connection_timeout 30\n}')).toBe('Write smtp_connect_timeout.');
    expect(remedyOf(inInstance('lvs_sync_daemon_interface eth0'))).toBe(
      'Write lvs_sync_daemon in global_defs.',
    );
    expect(remedyOf(inServer('SMTP_CHECK {\nhost {\n}\n}'))).toBe('Put its lines into SMTP_CHECK itself.');
  });

  test('a release that does not know a word yet', () => {
    const text = inInstance('<|no_virtual_ipaddress|>');
    expectFaults(text, ["warning unknown-keyword: keepalived 2.2.7 does not know 'no_virtual_ipaddress'"], {
      release: '2.2.7',
    });
    expectFaults(inInstance('no_virtual_ipaddress'), [], { release: '2.2.10' });
    expectFaults(inInstance('no_virtual_ipaddress'), []);
  });

  test('lines behind a block without its brace are part of that mistake', () =>
    expectFaults(inServer('<|TCP_CHECK|>\nconnect_timeout 3\nconnect_port 80'), [
      "error unbalanced-braces: no '{' follows TCP_CHECK",
    ]));
});

describe('several keywords on one line', () => {
  test.each<[string, string]>([
    ['a value lost', inInstance('virtual_router_id 51 <|priority|> 150')],
    ['a block on one line', inInstance('authentication { auth_type PASS <|auth_pass|> 1111 }')],
    [
      'a block inside it',
      inService('real_server 10.0.0.21 80 { weight 1 <|TCP_CHECK|> { connect_timeout 3 } }'),
    ],
    [
      'all of an instance',
      inInstance('state BACKUP <|interface|> eth0 priority 100 virtual_ipaddress { 10.0.0.1 }'),
    ],
    ['behind a switch', inInstance('nopreempt <|priority|> 100')],
    ['behind a value that may be left out', inInstance('smtp_alert <|priority|> 100')],
    ['two addresses', inInstance('virtual_ipaddress { 10.0.0.1 <|10.0.0.2|> }')],
    ['two peers', inInstance('unicast_peer { 10.0.0.1 <|10.0.0.2|> }')],
  ])('%s: one fault', (_, marked) => expectFaults(marked, ['error several-keywords-on-one-line: ']));

  test('a value behind another is dropped; a block takes the rest of the file with it', () => {
    const fate = 'error several-keywords-on-one-line: ';
    expectFaults(inInstance('state BACKUP <|priority|> 100'), [
      `${fate}'priority' stands on the line of 'state', where keepalived drops it without a word`,
    ]);
    expectFaults(inServer('weight 1 <|TCP_CHECK|> {\n}'), [
      `${fate}'TCP_CHECK' stands on the line of 'weight', where keepalived drops it and loses its place at the brace`,
    ]);
  });

  test.each([
    inInstance('unicast_peer { 10.0.0.2 }'),
    'vrrp_sync_group G { group { A B } }',
    inService('real_server 10.0.0.21 80 { weight 1 }'),
    inService('real_server 10.0.0.21 80 { TCP_CHECK { connect_timeout 5 } }'),
    inInstance('priority 100 and so on'),
    inInstance('notify "/bin/x priority"'),
  ])('%j has none', (text) => expectFaults(text, []));
});

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

describe('the same setting twice', () => {
  test.each<[string, string]>([
    [
      inInstance('priority 100\n<|priority 150|>'),
      "warning repeated-keyword: 'priority' stands twice in this block; the last counts",
    ],
    [
      inInstance('priority 100\n<|priority 100|>'),
      "info repeated-keyword: 'priority' stands twice in this block",
    ],
    [
      inInstance('state MASTER\n<|state BACKUP|>'),
      "warning repeated-keyword: 'state' stands twice in this block; MASTER counts",
    ],
    [
      inInstance('notify "/a"\n<|notify "/b"|>'),
      "warning repeated-keyword: 'notify' stands twice in this block; the first counts",
    ],
    [
      inInstance('nopreempt\n<|preempt|>'),
      "warning repeated-keyword: 'preempt' and 'nopreempt' set the same thing; the last counts",
    ],
    [
      inService('lb_algo rr\n<|lvs_sched wrr|>'),
      "warning repeated-keyword: 'lvs_sched' and 'lb_algo' set the same thing",
    ],
    [
      'vrrp_instance A {\n}\nvrrp_instance <|A|> {\n}',
      'error repeated-keyword: a second vrrp_instance A: keepalived leaves this one out',
    ],
    ['vrrp_script A {\n}\nvrrp_script <|A|> {\n}', 'warning repeated-keyword: a second vrrp_script A'],
  ])('%j', (marked, message) => {
    expectFaults(marked, [message]);
    expect(check(readMarks(marked).text)[0]?.related).toHaveLength(1);
  });

  test.each([
    inInstance('priority 100') + inInstance('priority 100').replace('VI_1', 'VI_2'),
    inServer('TCP_CHECK {\n}\nTCP_CHECK {\n}'),
    inService('real_server 10.0.0.1 80 {\nweight 1\n}\nreal_server 10.0.0.2 80 {\nweight 1\n}'),
    'global_defs {\nrouter_id a\n}\nglobal_defs {\nrouter_id a\n}',
    inInstance('virtual_ipaddress { 10.0.0.1 }\nvirtual_ipaddress { 10.0.0.2 }'),
  ])('%j is no repetition', (text) => expectFaults(text, []));
});

describe('braces', () => {
  test.each<[string, string]>([
    [inInstance('<|nopreempt|> {\n}'), 'error unbalanced-braces: nopreempt takes no braces'],
    [
      'global_defs {\n<|notification_email|>\n}',
      "error unbalanced-braces: no '{' follows notification_email",
    ],
    [
      inInstance('track_interface {\neth1\n<|priority|> 100\n}'),
      "error unbalanced-braces: 'priority' stands between the braces of track_interface",
    ],
  ])('%j', (marked, message) => expectFaults(marked, [message]));
});

describe('foreign input', () => {
  test('10,000 nested blocks, known or not, are one mistake at most', () => {
    expect(check('real_server 10.0.0.1 80 {\n'.repeat(10_000))).toHaveLength(1);
    expect(check(`vrrp_instance A {\n${'authentication {\n'.repeat(10_000)}`)).toHaveLength(1);
  });

  test('a line of 200 KB', () => {
    expect(check(inInstance(`priority ${'9'.repeat(200_000)}`))).toHaveLength(1);
    expect(check(inInstance(`priority 1 ${'priority '.repeat(20_000)}`))).toHaveLength(1);
    expect(check(`${'a.'.repeat(100_000)} {\n}`)).toHaveLength(1);
    expect(check(inInstance(`virtual_ipaddress {\n${'1.'.repeat(100_000)}\n}`))).toHaveLength(1);
  });

  test('any lines: nothing is thrown, and every fault points into the text', () => {
    const word = fc.oneof(
      fc.constantFrom(
        ...'vrrp_instance virtual_server real_server TCP_CHECK track_script virtual_ipaddress virtual_routes'.split(
          ' ',
        ),
        ...'priority state lb_kind TUN type weight unicast_peer lvs_sync_daemon umask use_vmac fwmark { } = ,'.split(
          ' ',
        ),
        ...'10.0.0.1 fd00::1 10.0.0.1/24 80 -1 $X ${Y} "a b" __proto__ constructor include @a ~SEQ(A,1,2)'.split(
          ' ',
        ),
      ),
      fc.string({ maxLength: 6 }),
    );
    const line = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        for (const { at, message } of check(text, { release: '2.2.7' })) {
          expect(at.range.end).toBeGreaterThanOrEqual(at.range.start);
          expect(at.range.end).toBeLessThanOrEqual(text.length);
          expect(message).not.toMatch(/undefined|NaN|\.$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
