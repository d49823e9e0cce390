import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Files, lineOf, told, withMistake } from './support/mistake.ts';
import { filesOf, sectionsOf } from './support/page.ts';

/** In which file of a sound cluster what stands where, what is written instead, and which rule tells it, where. */
type Case = readonly [file: string, rule: string, from: string, to: string, at?: string];

/** Each cluster of test/clusters with mistakes that one person makes in one file. */
const MISTAKES: Readonly<Record<string, readonly Case[]>> = {
  'dr-web-shop': [
    [
      'web1/etc/sysctl.d/90-lvs-real-server.conf',
      'arp/missing-arp-ignore',
      'net.ipv4.conf.all.arp_ignore = 1 net.ipv4.conf.all.arp_announce = 2 net.ipv4.conf.default.arp_ignore = 1 net.ipv4.conf.default.arp_announce = 2',
      '',
      'web1/usr/local/sbin/lvs-vip: ip addr replace',
    ],
    [
      'web2/etc/sysctl.d/90-lvs-real-server.conf',
      'arp/missing-arp-announce',
      'net.ipv4.conf.all.arp_announce = 2 net.ipv4.conf.default.arp_ignore = 1 net.ipv4.conf.default.arp_announce = 2',
      '',
      'web2/usr/local/sbin/lvs-vip: ip addr replace',
    ],
    [
      'web2/etc/sysctl.d/90-lvs-real-server.conf',
      'arp/wrong-value',
      'net.ipv4.conf.all.arp_ignore = 1',
      'net.ipv4.conf.all.arp_ignore = <|4|>',
    ],
    [
      'web3/usr/local/sbin/lvs-vip',
      'arp/vip-not-host-mask',
      '"$VIP/32" dev lo label lo:web',
      '<|"$VIP/24"|> dev lo label lo:web',
    ],
    [
      'web3/usr/local/sbin/lvs-vip',
      'arp/vip-on-arping-interface',
      'replace "$VIP/32" dev lo label lo:web',
      'replace <|"$VIP/32"|> dev eth0',
    ],
    [
      'web1/usr/local/sbin/lvs-vip',
      'arp/vip-missing-on-real-server',
      'VIP=198.51.100.20',
      'VIP=198.51.100.21',
      'ip addr replace',
    ],
    [
      'lb2/etc/keepalived/keepalived.conf',
      'vrrp-pair/vrid-mismatch',
      'virtual_router_id 117',
      'virtual_router_id <|118|>',
    ],
    [
      'lb2/etc/keepalived/keepalived.conf',
      'vrrp-pair/advert-int-mismatch',
      'advert_int 1',
      'advert_int <|3|>',
    ],
    [
      'lb2/etc/keepalived/keepalived.conf',
      'vrrp-pair/auth-mismatch',
      'auth_pass v7Qk2mZd',
      'auth_pass <|v7Qk2mZe|>',
    ],
    [
      'lb2/etc/keepalived/keepalived.conf',
      'vrrp-pair/vip-list-mismatch',
      '198.51.100.20/24 dev bond0 label bond0:web',
      '198.51.100.20/24 dev bond0 label bond0:web | <|198.51.100.22/24|> dev bond0',
    ],
    ['lb2/etc/keepalived/keepalived.conf', 'vrrp-pair/priority-order', 'state BACKUP', 'state <|MASTER|>'],
    ['lb2/etc/keepalived/keepalived.conf', 'vrrp-pair/priority-order', 'priority 100', 'priority <|200|>'],
    [
      'lb2/etc/keepalived/keepalived.conf',
      'vrrp-pair/preemption-differs',
      'advert_int 1',
      'advert_int 1 | <|nopreempt|>',
    ],
    [
      'lb2/etc/keepalived/keepalived.conf',
      'vrrp-pair/version-mismatch',
      'advert_int 1',
      'advert_int 1 | <|version|> 3',
    ],
    [
      'lb1/etc/keepalived/keepalived.conf',
      'syntax/unbalanced-braces',
      'smtp_alert }',
      'smtp_alert',
      'vrrp_instance WEB',
    ],
    ['lb1/etc/keepalived/keepalived.conf', 'syntax/unknown-keyword', 'smtp_alert', '<|smtp_alerts|>'],
    [
      'lb1/etc/keepalived/keepalived.conf',
      'ipvs/port-mapping-in-dr-tun',
      'real_server 198.51.100.32 80',
      'real_server 198.51.100.32 <|8080|>',
    ],
    [
      'lb1/etc/keepalived/keepalived.conf',
      'ipvs/virtual-server-without-vip',
      'virtual_server 198.51.100.20 80',
      'virtual_server <|198.51.100.2|> 80',
    ],
    ['lb1/etc/keepalived/keepalived.conf', 'syntax/case-sensitive-value', 'lb_kind DR', 'lb_kind <|dr|>'],
    [
      'lb1/etc/keepalived/keepalived.conf',
      'syntax/malformed-list-or-address',
      'lb_algo wlc',
      'lb_algo <|wlcc|>',
    ],
    [
      'lb1/etc/keepalived/keepalived.conf',
      'drift/directors-differ',
      'weight 5',
      'weight 50',
      'lb2/etc/keepalived/keepalived.conf: weight 5',
    ],
    [
      'lb1/etc/keepalived/keepalived.conf',
      'vrrp/auth-pass-too-long',
      'auth_pass v7Qk2mZd',
      'auth_pass <|v7Qk2mZdv7Qk|>',
    ],
    [
      'lb1/etc/keepalived/keepalived.conf',
      'vrrp/interface-not-usable',
      'interface bond0',
      'interface <|bond0:1|>',
    ],
    ['lb1/etc/keepalived/keepalived.conf', 'checker/detection-too-slow', 'delay_loop 5', 'delay_loop <|90|>'],
    [
      'lb1/etc/sysctl.d/90-lvs.conf',
      'kernel/obsolete-key',
      'net.core.netdev_max_backlog = 10000',
      '<|net.ipv4.ip_conntrack_max = 500000|>',
    ],
    [
      'lb1/etc/sysctl.d/90-lvs.conf',
      'arp/suppression-on-director',
      'net.core.netdev_max_backlog = 10000',
      '<|net.ipv4.conf.all.arp_ignore = 8|>',
    ],
    [
      'lb2/etc/sysctl.d/90-lvs.conf',
      'ipvs-sysctl/expire-nodest-conn',
      'net.ipv4.vs.expire_nodest_conn = 1',
      '<|net.ipv4.vs.expire_nodest_conn = 0|>',
    ],
  ],
  'nat-two-arms': [
    [
      'fw-b/sysctl.d/50-router.conf',
      'forward/ip-forward-off',
      'net.ipv4.ip_forward = 1',
      'net.ipv4.ip_forward = <|0|>',
    ],
    ['fw-b/keepalived.conf', 'vrrp-pair/version-mismatch', 'vrrp_version 3', '', 'vrrp_instance OUTSIDE'],
    ['fw-b/keepalived.conf', 'sync/parameters-differ', 'OUTSIDE id 77', 'OUTSIDE id 78', 'lvs_sync_daemon'],
    [
      'fw-b/keepalived.conf',
      'sync/instance-or-syntax',
      'lvs_sync_daemon eth2 OUTSIDE',
      'lvs_sync_daemon eth2 <|OUTER|>',
    ],
    [
      'fw-b/keepalived.conf',
      'vrrp-pair/sync-group-order-conflict',
      'virtual_router_id 22 priority 110',
      'virtual_router_id 22 | priority <|130|>',
    ],
    ['fw-b/keepalived.conf', 'vrrp-pair/vrid-mismatch', 'virtual_router_id 22', 'virtual_router_id <|23|>'],
    [
      'fw-a/firewall.sh',
      'firewall/vrrp-rule-wrong-protocol',
      '-p vrrp -s 203.0.113.3 -j ACCEPT $IPT -A INPUT -p vrrp -s 10.1.0.3 -j ACCEPT',
      '-p <|udp --dport 112|> -j ACCEPT',
    ],
    [
      'fw-a/firewall.sh',
      'firewall/vip-traffic-blocked',
      '$IPT -A INPUT -d 203.0.113.10 -p tcp --dport 443 -j ACCEPT',
      '',
      '$IPT -P INPUT DROP',
    ],
    [
      'fw-a/keepalived.conf',
      'checker/wrong-target',
      'DNS_CHECK { name example.net type SOA',
      '<|TCP_CHECK|> {',
    ],
    [
      'fw-a/keepalived.conf',
      'checker/none',
      'DNS_CHECK { name example.net type SOA retry 1 delay_before_retry 1 connect_timeout 2 }',
      '',
      'real_server 10.1.0.31',
    ],
    ['fw-a/keepalived.conf', 'ipvs/protocol-missing', 'protocol UDP', '', 'virtual_server 203.0.113.12'],
  ],
  'tun-two-sites': [
    [
      'dir2/keepalived.conf',
      'drift/directors-differ',
      'real_server 198.51.100.42 8080 { weight 1',
      'real_server 198.51.100.42 8080 { | weight 1 | lvs_method DR',
      'lvs_method DR',
    ],
    [
      'dir1/keepalived.conf',
      'vrrp-pair/preemption-differs',
      'preempt_delay 120',
      '',
      'dir2/keepalived.conf: preempt_delay',
    ],
  ],
  'unicast-includes': [
    [
      'lb-b/etc/keepalived/keepalived.conf',
      'vrrp-pair/unicast-peers-asymmetric',
      '$PEER=10.10.1.2',
      '$PEER=10.10.1.4',
      'lb-b/etc/keepalived/common/vrrp.conf: $PEER',
    ],
    [
      'lb-a/etc/keepalived/common/vrrp.conf',
      'vrrp-pair/weight-cannot-fail-over',
      'weight -60',
      'weight <|-6|>',
    ],
    ['lb-b/etc/keepalived/common/vrrp.conf', 'vrrp-pair/tracking-differs', 'fall 3', 'fall <|30|>'],
    [
      'lb-b/etc/keepalived/common/vrrp.conf',
      'vrrp/track-script-not-runnable',
      'track_script { check_ping_gw',
      'track_script { | <|check_ping_gv|>',
    ],
    [
      'lb-b/etc/keepalived/common/vrrp.conf',
      'vrrp-pair/excluded-vips-differ',
      '10.10.1.11/24',
      '<|10.10.1.12/24|>',
    ],
    [
      'lb-b/etc/keepalived/services/mysql.conf',
      'drift/directors-differ',
      'real_server 10.10.2.32 3306',
      'real_server 10.10.2.33 3306',
      'real_server 10.10.2.33',
    ],
    [
      'lb-b/etc/keepalived/common/globals.conf',
      'security/script-security-off',
      'enable_script_security script_user keepalived_script',
      '',
      'global_defs',
    ],
  ],
};

for (const [name, cases] of Object.entries(MISTAKES))
  describe(`one mistake in ${name} is one finding`, () => {
    const sound: Files = filesOf(sectionsOf(readFileSync(`test/clusters/${name}.md`, 'utf8'))[0]);
    for (const [file, rule, from, to, at] of cases)
      test(`${rule}: ${file}: ${from} -> ${to}`, async () => {
        const [, other = file, words = at] = /^(\S+): (.*)$/.exec(at ?? '') ?? [];
        const { text, line } = withMistake(sound[file] ?? '', {
          rule,
          from,
          to,
          at: other === file ? words : '',
        });
        const files = { ...sound, [file]: text };
        const there = other === file ? line : lineOf(files[other] ?? '', words ?? '');
        expect(await told(files, sound, rule)).toEqual([
          expect.arrayContaining([`${rule} ${other}:${there}`]),
        ]);
      });
  });

test('there are at least 40 of them', () => {
  expect(Object.values(MISTAKES).flat().length).toBeGreaterThanOrEqual(40);
});
