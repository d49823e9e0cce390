import { faultsOf } from './fault.ts';

const ARP_FILE = '/run/hosts/rs1/root/etc/sysctl.d/90-lvs.conf';
const SAVE_ARP = `cp ${ARP_FILE} /run/arp`;
const HEAL_ARP = `cp /run/arp ${ARP_FILE}; on rs1 sysctl -q -p /etc/sysctl.d/90-lvs.conf; on rs1 sysctl -q net.ipv4.conf.lo.arp_ignore=0 net.ipv4.conf.lo.arp_announce=0`;
const arp = (expression: string) =>
  `${SAVE_ARP}; sed -i '${expression}' ${ARP_FILE}; on rs1 sysctl -q net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.all.arp_announce=0; on rs1 sysctl -q -p /etc/sysctl.d/90-lvs.conf`;
/** A change of the backup's file that leaves two masters. */
const split = (...expressions: readonly string[]) =>
  `edit lb2 ${expressions.map((expression) => `'${expression}'`).join(' ')}; until_true both_hold $vip`;
const RESTORE = 'restore lb2';
const RESTORE_BOTH = 'restore lb1; restore lb2';
/** A script on these hosts that watches for a process; without a weight its failure means FAULT. */
const watch = (hosts: string, program: string, weight?: number) =>
  `for name in ${hosts}; do edit $name '/^vrrp_instance/i vrrp_script app {\\n    script "/usr/bin/pgrep -x ${program}"\\n    interval 1${weight === undefined ? '' : `\\n    weight ${weight}`}\\n}' 's/advert_int 1/&\\n    track_script {\\n        app\\n    }/'; done`;
/** A rule that asks for a connection's state makes the kernel keep connections. */
const TRACK =
  'sysctl -q net.netfilter.nf_conntrack_max=1000; on lb1 iptables -I INPUT -m conntrack --ctstate INVALID -j ACCEPT;';
const VIP = '192.168.80.200';

export const DR_FAULTS = faultsOf('dr', [
  ['arp_ignore_missing', arp('/arp_ignore/d'), HEAL_ARP, 'arp/missing-arp-ignore', 'rs1'],
  ['arp_announce_missing', arp('/arp_announce/d'), HEAL_ARP, 'arp/missing-arp-announce', 'rs1'],
  ['arp_on_lo_only', arp('s/conf.all/conf.lo/'), HEAL_ARP, 'arp/only-lo-set', 'rs1'],
  [
    'arp_on_wrong_interface',
    `on rs1 ip link add eth1 type dummy; ${arp('s/conf.all/conf.eth1/')}`,
    `${HEAL_ARP}; on rs1 ip link delete eth1`,
    'arp/missing-arp-ignore',
    'rs1',
  ],
  ['arp_wrong_value', arp('s/arp_ignore = 1/arp_ignore = 3/'), HEAL_ARP, 'arp/wrong-value', 'rs1'],
  ['arp_not_written', `${SAVE_ARP}; : >${ARP_FILE}`, HEAL_ARP, 'drift/runtime-not-persisted', 'rs1'],
  [
    'arp_not_running',
    'on rs1 sysctl -q net.ipv4.conf.all.arp_ignore=0',
    'on rs1 sysctl -q net.ipv4.conf.all.arp_ignore=1',
    'arp/missing-arp-ignore',
    'rs1',
  ],
  [
    'vip_missing_on_server',
    `on rs1 ip address delete ${VIP}/32 dev lo`,
    `on rs1 ip address add ${VIP}/32 dev lo`,
    'arp/vip-missing-on-real-server',
    'rs1',
  ],
  [
    'vip_wide_mask',
    `on rs1 ip address delete ${VIP}/32 dev lo; on rs1 ip address add ${VIP}/24 dev lo`,
    `on rs1 ip address delete ${VIP}/24 dev lo; on rs1 ip address add ${VIP}/32 dev lo`,
    'arp/vip-not-host-mask',
    'rs1',
  ],
  [
    'vip_on_network_interface',
    `on rs1 ip address delete ${VIP}/32 dev lo; on rs1 ip address add ${VIP}/32 dev eth0`,
    `on rs1 ip address delete ${VIP}/32 dev eth0; on rs1 ip address add ${VIP}/32 dev lo`,
    'arp/vip-on-arping-interface',
    'rs1',
  ],
  [
    'arp_quiet_director',
    'on lb1 sysctl -q net.ipv4.conf.all.arp_ignore=8',
    'on lb1 sysctl -q net.ipv4.conf.all.arp_ignore=0',
    'arp/suppression-on-director',
    'lb1',
  ],
  ['vrid', split('s/virtual_router_id 51/virtual_router_id 52/'), RESTORE, 'vrrp-pair/vrid-mismatch', 'lb2'],
  [
    'auth',
    split(
      's/advert_int 1/&\\n    authentication {\\n        auth_type PASS\\n        auth_pass s3cret\\n    }/',
    ),
    RESTORE,
    'vrrp-pair/auth-mismatch',
    'lb2',
  ],
  ['advert_int', split('s/advert_int 1/advert_int 5/'), RESTORE, 'vrrp-pair/advert-int-mismatch', 'lb2'],
  ['version', split('s/advert_int 1/&\\n    version 3/'), RESTORE, 'vrrp-pair/version-mismatch', 'lb2'],
  [
    'transport',
    split('s/advert_int 1/&\\n    unicast_peer {\\n        192.168.80.100\\n    }/'),
    RESTORE,
    'vrrp-pair/transport-mismatch',
    'lb2',
  ],
  [
    'vip_list',
    'edit lb2 "s#$vip/24#&\\n        192.168.80.201/24#"',
    RESTORE,
    'vrrp-pair/vip-list-mismatch',
    'lb2',
  ],
  ['priority', `edit lb2 's/priority 100/priority 150/'`, RESTORE, 'vrrp-pair/priority-order', 'lb2'],
  [
    'excluded_vips',
    `edit lb2 's#    virtual_ipaddress {#    virtual_ipaddress_excluded {\\n        192.168.80.202/24\\n    }\\n&#'`,
    RESTORE,
    'vrrp-pair/excluded-vips-differ',
    'lb2',
  ],
  ['preemption', `edit lb2 's/preempt_delay 0/nopreempt/'`, RESTORE, 'vrrp-pair/preemption-differs', 'lb2'],
  ['tracking', watch('lb1', 'keepalived', -60), 'restore lb1', 'vrrp-pair/tracking-differs', 'lb2'],
  [
    'weight_too_small',
    watch('lb1 lb2', 'keepalived', -10),
    RESTORE_BOTH,
    'vrrp-pair/weight-cannot-fail-over',
    'lb1',
  ],
  [
    'vip_on_none',
    `${watch('lb1 lb2', 'haproxy')}; until_true not holds lb1 $vip; until_true not holds lb2 $vip`,
    RESTORE_BOTH,
    'drift/vip-on-no-host',
    'lb1',
  ],
  [
    'vrrp_blocked',
    'on lb2 iptables -I INPUT -p 112 -j DROP; until_true both_hold $vip',
    'on lb2 iptables -F INPUT',
    'firewall/vrrp-blocked',
    'lb2',
  ],
  [
    'service_blocked',
    'on lb1 iptables -I INPUT -p tcp --dport 80 -j DROP',
    'on lb1 iptables -F INPUT',
    'firewall/vip-traffic-blocked',
    'lb1',
  ],
  ['backup_dead', 'stop lb2', 'start_keepalived lb2', 'drift/daemon-not-running', 'lb2'],
  [
    'master_crashed',
    'crash lb1; until_true both_hold $vip',
    `on lb1 sh -c 'rm -f /run/*.pid /run/keepalived/*.pid'; start_keepalived lb1`,
    'drift/stale-vip',
    'lb1',
  ],
  [
    'vip_by_hand',
    `on lb2 ip address add ${VIP}/32 dev eth0`,
    `on lb2 ip address delete ${VIP}/32 dev eth0`,
    'drift/stale-vip',
    'lb2',
  ],
  [
    'table_by_hand_on_master',
    `on lb1 ipvsadm -d -t ${VIP}:80 -r 192.168.80.103:80`,
    `on lb1 ipvsadm -a -t ${VIP}:80 -r 192.168.80.103:80 -g -w 1`,
    'drift/table-differs-from-config',
    'lb1',
  ],
  [
    'table_by_hand_on_backup',
    `on lb2 ipvsadm -d -t ${VIP}:80 -r 192.168.80.103:80`,
    `on lb2 ipvsadm -a -t ${VIP}:80 -r 192.168.80.103:80 -g -w 1`,
    'drift/table-differs-from-config',
    'lb2',
  ],
  [
    'weight_zero_by_hand',
    `on lb1 ipvsadm -e -t ${VIP}:80 -r 192.168.80.103:80 -g -w 0`,
    `on lb1 ipvsadm -e -t ${VIP}:80 -r 192.168.80.103:80 -g -w 1`,
    'drift/table-differs-from-config',
    'lb1',
  ],
  [
    'scheduler_by_hand',
    `on lb1 ipvsadm -E -t ${VIP}:80 -s rr`,
    `on lb1 ipvsadm -E -t ${VIP}:80 -s wrr`,
    'drift/table-differs-from-config',
    'lb1',
  ],
  [
    'table_emptied',
    'on lb2 ipvsadm -C',
    'stop lb2; start_keepalived lb2',
    'drift/table-differs-from-config',
    'lb2',
  ],
  [
    'dead_server_without_check',
    `for name in lb1 lb2; do edit $name '/TCP_CHECK/,/}/d'; done; on rs1 pkill node`,
    'web rs1; restore lb1; restore lb2',
    'checker/none',
    'lb1',
  ],
  [
    'dead_server',
    'on rs1 pkill node; until_true servers lb1 1; until_true servers lb2 1',
    'web rs1',
    'drift/server-taken-out',
    'lb1',
  ],
  [
    'edited_not_reloaded',
    `on lb1 sed -i 's/weight 1/weight 2/' /etc/keepalived/keepalived.conf`,
    'restore lb1',
    // Nothing there says when keepalived has read its file; that the table is another one is seen.
    'drift/table-differs-from-config',
    'lb1',
  ],
  ['directors_differ', `edit lb2 's/weight 1/weight 3/'`, RESTORE, 'drift/directors-differ', 'lb2'],
  [
    'conntrack_nearly_full',
    // The limit is that of the kernel, the count is the host's own; what checks leave behind comes on top.
    `${TRACK} on lb1 node -e '
for (let n = 0; n < 850; n++) require("node:net").connect(80, "192.168.80.102");
setInterval(() => {}, 1000)' >/dev/null 2>&1 & until_true tracks lb1 850`,
    'on lb1 pkill node; on lb1 iptables -F INPUT; sysctl -q net.netfilter.nf_conntrack_max=65536',
    'conntrack/table-size',
    'lb1',
  ],
  [
    'tracked_too_short',
    `for name in lb1 lb2; do printf 'net.ipv4.vs.conntrack = 1\\nnet.netfilter.nf_conntrack_tcp_timeout_established = 300\\n' | put $name /etc/sysctl.d/95-track.conf; on $name sysctl -q -p /etc/sysctl.d/95-track.conf; done`,
    'for name in lb1 lb2; do rm /run/hosts/$name/root/etc/sysctl.d/95-track.conf; on $name sysctl -q net.ipv4.vs.conntrack=0 net.netfilter.nf_conntrack_tcp_timeout_established=432000; done',
    'conntrack/timeouts-below-ipvs',
    'lb1',
  ],
  [
    'timeouts_by_hand',
    'on lb2 ipvsadm --set 90 120 300',
    'on lb2 ipvsadm --set 900 120 300',
    'ipvs-sysctl/differs-between-directors',
    'lb2',
  ],
  [
    'backup_unplugged',
    'on lb2 ip link set eth0 down',
    'on lb2 ip link set eth0 up',
    'drift/backup-would-fail',
    'lb2',
  ],
  [
    'gateway_is_director',
    'on rs1 ip route add default via 192.168.80.100',
    'on rs1 ip route delete default',
    'forward/rs-gateway-is-director-in-dr',
    'rs1',
  ],
  [
    'readable_by_all',
    'on lb1 chmod 666 /etc/keepalived/keepalived.conf',
    'on lb1 chmod 640 /etc/keepalived/keepalived.conf',
    'security/config-readable',
    'lb1',
  ],
  [
    'broken_file_waits_for_the_next_start',
    `on lb2 sed -i '0,/TCP_CHECK {/s//TCP_CHECK/' /etc/keepalived/keepalived.conf`,
    'restore lb2',
    'syntax/unbalanced-braces',
    'lb2',
  ],
]);
