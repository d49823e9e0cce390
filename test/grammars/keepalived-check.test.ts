import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, expectFaults, inInstance, inServer, inService } from '../support/faults.ts';

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
