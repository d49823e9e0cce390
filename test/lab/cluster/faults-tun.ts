import { faultsOf } from './fault.ts';

const VIP = '192.168.80.200';

export const TUN_FAULTS = faultsOf('tun', [
  [
    'rp_filter_on_tunnel',
    'on rs1 sysctl -q net.ipv4.conf.tunl0.rp_filter=1',
    'on rs1 sysctl -q net.ipv4.conf.tunl0.rp_filter=0',
    'forward/rp-filter-drops',
    'rs1',
  ],
  [
    'tunnel_down',
    'on rs1 ip link set tunl0 down',
    'on rs1 ip link set tunl0 up',
    'forward/tun-endpoint-missing',
    'rs1',
  ],
  [
    'vip_missing_in_tunnel',
    `on rs1 ip address delete ${VIP}/32 dev tunl0`,
    `on rs1 ip address add ${VIP}/32 dev tunl0`,
    'arp/vip-missing-on-real-server',
    'rs1',
  ],
  [
    'tunnel_blocked',
    'on rs1 iptables -I INPUT -p ipencap -j DROP',
    'on rs1 iptables -F INPUT',
    'forward/tun-endpoint-missing',
    'rs1',
  ],
  [
    'backup_without_route',
    'on lb2 ip route delete default; until_true servers lb2 0',
    'on lb2 ip route add default via 192.168.80.1',
    'drift/backup-would-fail',
    'lb2',
  ],
]);
