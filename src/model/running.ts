import type { Fact, Located } from '../evidence/fact.ts';
import type { Family } from './cluster.ts';
import type { InterfaceAddress } from './kernel.ts';

/** What a running host shows besides its kernel's keys and its table. A part is there only where somebody looked. */

/** A VRRP instance as the daemon sees it at the moment. */
export interface VrrpStatus extends Located {
  readonly name: string;
  readonly state: Fact<'INIT' | 'BACKUP' | 'MASTER' | 'FAULT'>;
}

/** How many seconds the running IPVS keeps idle connections. */
export interface RunningTimeouts {
  readonly tcp: Fact<number>;
  readonly tcpfin: Fact<number>;
  readonly udp: Fact<number>;
}

/** What keepalived's log last said of an instance: it may have been long ago. */
export interface LoggedState extends Located {
  readonly name: string;
  readonly state: 'BACKUP' | 'MASTER' | 'FAULT';
}

/** keepalived as its supervisor and the list of processes show it. */
export interface DaemonStatus extends Located {
  readonly running: Fact<boolean>;
  /** When it read its files for the last time, in seconds since 1970; undefined where nothing tells. */
  readonly loadedAt?: Fact<number>;
  /** Nobody means it to be started at boot. */
  readonly disabled?: Fact<boolean>;
}

/** A file's owner, mode and age, as the host shows them. */
export interface HostFile extends Located {
  readonly path: string;
  /** The permission bits. */
  readonly mode: Fact<number>;
  readonly owner: string;
  /** Seconds since 1970. */
  readonly modifiedAt: Fact<number>;
}

/** A feature of a network interface that is switched on or off: `large-receive-offload`. */
export interface DeviceFeature extends Located {
  readonly device: string;
  readonly name: string;
  readonly on: Fact<boolean>;
  /** The driver does not let anybody change it. */
  readonly fixed: boolean;
}

/** An address that a running host has, whoever put it there. */
export type LiveAddress = InterfaceAddress & { readonly by: 'running' };

/** A network interface as the kernel has it. */
export interface Link extends Located {
  readonly name: string;
  /** Somebody has set it up; whether a cable is in it says `hasCarrier`. */
  readonly up: Fact<boolean>;
  readonly hasCarrier: boolean;
  /** What makes it, where it is no card: `ipip`, `vlan`. */
  readonly kind?: string;
  /** Its address on an Ethernet, in small letters. */
  readonly mac?: string;
}

/** A route of the kernel. */
export interface Route extends Located {
  readonly family: Family;
  /** `default`, `192.0.2.0/24`, `192.0.2.7` */
  readonly destination: Fact<string>;
  /** Undefined where the destination is on the link, or several gateways share the packets. */
  readonly gateway?: Fact<string>;
  readonly device?: string;
  readonly table: string;
  /** `unicast`, `local`, `blackhole` */
  readonly type: string;
  /** Of two routes to one destination the one with the lower metric counts. */
  readonly metric: number;
}

/** What connection tracking counts since the boot, of all processors together. */
export interface ConntrackCounters extends Located {
  /** Packets that found no room: `drop` and `early_drop`. */
  readonly drops: Fact<number>;
}

/** A socket that waits for others to speak to it. */
export interface ListeningSocket extends Located {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}

/** A rule of the routing policy, by its table. */
export interface PolicyRule extends Located {
  readonly table: string;
}
