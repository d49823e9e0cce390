/** A value of a key of net.ipv4.vs that few directors have a use for, and what it does. */
export interface UnusualValue {
  readonly key: string;
  readonly value: number;
  readonly effect: string;
  /** One of the three defences against attacks, always on: 3 (Documentation/networking/ipvs-sysctl.rst). */
  readonly isDefence: boolean;
}

function defence(key: string, effect: string): UnusualValue {
  return { key, value: 3, effect, isDefence: true };
}

function usually(normal: 0 | 1, key: string, effect: string): UnusualValue {
  return { key, value: 1 - normal, effect, isDefence: false };
}

export const UNUSUAL_VALUES: readonly UnusualValue[] = [
  defence('drop_entry', 'drops half-open connections at random, always'),
  defence('drop_packet', 'drops packets of new connections, always'),
  defence('secure_tcp', 'uses the short timeouts of an attack, always'),
  usually(1, 'run_estimation', 'stops the rates: ipvsadm --rate shows zero'),
  usually(
    0,
    'cache_bypass',
    'sends clients to the VIP itself when no server is left: that suits transparent caches',
  ),
  usually(0, 'nat_icmp_send', 'tells clients by ICMP when no server is left'),
  usually(1, 'pmtu_disc', 'stops looking for the packet size that a tunnel carries'),
];
