import { faultsOf } from './fault.ts';

export const NAT_FAULTS = faultsOf('nat', [
  [
    'forward_off_on_master',
    'on lb1 sysctl -q net.ipv4.ip_forward=0',
    'on lb1 sysctl -q net.ipv4.ip_forward=1; on lb1 sysctl -q --system',
    'forward/ip-forward-off',
    'lb1',
  ],
  [
    'forward_off_on_backup',
    'on lb2 sysctl -q net.ipv4.ip_forward=0',
    'on lb2 sysctl -q net.ipv4.ip_forward=1; on lb2 sysctl -q --system',
    'forward/ip-forward-off',
    'lb2',
  ],
  [
    'gateway_of_the_network',
    'on rs1 ip route replace default via 10.20.0.99',
    'on rs1 ip route replace default via 10.20.0.1',
    'forward/rs-gateway-not-director',
    'rs1',
  ],
  [
    'forward_dropped',
    'on lb1 iptables -P FORWARD DROP',
    'on lb1 iptables -P FORWARD ACCEPT',
    'firewall/forward-drop',
    'lb1',
  ],
  [
    'no_sync_group',
    `for name in lb1 lb2; do edit $name '/vrrp_sync_group/,/^}/d'; done`,
    'restore lb1; restore lb2',
    'vrrp/two-arm-without-sync-group',
    'lb1',
  ],
  [
    'check_blocked',
    `on lb2 iptables -I OUTPUT -p tcp -d 10.20.0.21 --dport 80 -j DROP; until_true servers lb2 1`,
    'on lb2 iptables -F OUTPUT',
    'firewall/support-traffic-blocked',
    'lb2',
  ],
  [
    'gateway_of_one_director',
    'on rs1 ip route replace default via 10.20.0.11',
    'on rs1 ip route replace default via 10.20.0.1',
    'forward/rs-gateway-not-director',
    'rs1',
  ],
  [
    'no_default_route',
    'on rs1 ip route delete default',
    'on rs1 ip route add default via 10.20.0.1',
    'forward/rs-gateway-not-director',
    'rs1',
  ],
]);

export const NAT_SYNC_FAULTS = faultsOf('nat_sync', [
  [
    'adverts_dropped',
    'on lb2 iptables -I INPUT -p ah -j DROP; until_true both_hold $vip',
    'on lb2 iptables -D INPUT -p ah -j DROP',
    'firewall/vrrp-blocked',
    'lb2',
  ],
]);
