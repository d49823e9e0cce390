import { faultsOf } from './fault.ts';

export const MARK_FAULTS = faultsOf('dr_mark', [
  [
    'no_mark_rules',
    'on lb1 iptables -t mangle -F PREROUTING',
    `on lb1 sh -c 'iptables-restore </etc/iptables/rules.v4'`,
    'ipvs/fwmark-without-mark-rule',
    'lb1',
  ],
]);

export const UNICAST_FAULTS = faultsOf('dr_unicast', [
  [
    'wrong_peer',
    `edit lb1 '/unicast_peer/{n;s/101/109/}'; until_true both_hold $vip`,
    'restore lb1',
    'vrrp-pair/unicast-peers-asymmetric',
    'lb1',
  ],
]);

export const IPVSADM_FAULTS = faultsOf('ipvsadm', [
  [
    'not_what_is_saved',
    'on lb1 ipvsadm -d -t $vip:80 -r 192.168.80.103:80',
    'on lb1 ipvsadm -a -t $vip:80 -r 192.168.80.103:80 -g -w 1',
    'drift/table-differs-from-config',
    'lb1',
  ],
]);
