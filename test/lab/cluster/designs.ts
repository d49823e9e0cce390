/** A cluster that is built as careful operators build one. */
export interface Design {
  /** Names its function in the shell script: build_NAME. */
  readonly name: string;
  readonly description: string;
}

export const DESIGNS: readonly Design[] = [
  {
    name: 'dr',
    description: 'DR: two directors and two real servers on one network, the VIP on lo of the servers',
  },
  {
    name: 'nat',
    description:
      'NAT: two directors between an outer and an inner network, the servers with the inner VIP as their gateway',
  },
  {
    name: 'tun',
    description: 'TUN: two directors, and two real servers behind a router, the VIP on their tunl0',
  },
  {
    name: 'dr_mark',
    description: 'DR by firewall mark: ports 80 and 443 as one persistent service, and a sorry server',
  },
  {
    name: 'dr_unicast',
    description:
      'DR with VRRP 3 and adverts to the peer alone: two VIPs in one instance, one with weights 3 to 1, one persistent',
  },
  {
    name: 'nat_sync',
    description:
      'NAT with all that keeps connections: a sync group without preemption, connections copied to the backup, scheduler mh; AH, and a packet filter that drops what it does not know',
  },
  {
    name: 'ipvsadm',
    description: 'DR without keepalived: one director restores a saved table at boot, scripts raise the VIP',
  },
];
