import type { Fact, Located } from '../evidence/fact.ts';
import type { Family, Subject } from './cluster.ts';

/** keepalived's `global_defs`, as far as rules ask; several blocks add up. */
export interface GlobalSettings extends Subject {
  readonly routerId?: Fact<string>;
  readonly strict?: Fact<boolean>;
  readonly vrrpVersion?: Fact<2 | 3>;
  readonly scriptUser?: Fact<string>;
  readonly scriptSecurity?: Fact<boolean>;
  readonly syncDaemon?: SyncDaemon;
  readonly lvsTimeouts?: Fact<{ readonly tcp?: number; readonly tcpfin?: number; readonly udp?: number }>;
  readonly lvsFlush?: Fact<boolean>;
  readonly dynamicInterfaces?: Fact<boolean>;
  readonly defaultInterface?: Fact<string>;
  readonly multicastGroup4?: Fact<string>;
  readonly multicastGroup6?: Fact<string>;
  readonly smtpServer?: Fact<string>;
  readonly notificationEmail: readonly Fact<string>[];
  /** keywords of global_defs that only some rule asks for, by name: the first argument, '' where there is none */
  readonly other: ReadonlyMap<string, Fact<string>>;
}

/** `lvs_sync_daemon IF [INSTANCE] [id N] …` */
export interface SyncDaemon extends Subject {
  readonly interface: Fact<string>;
  readonly instance?: Fact<string>;
  readonly syncId?: Fact<number>;
  readonly port?: Fact<number>;
  readonly ttl?: Fact<number>;
  readonly group?: Fact<string>;
  readonly maxLength?: Fact<number>;
}

/** A line of `interface_up_down_delays`: how long a link may be down before anybody is told. */
export interface LinkDelay {
  readonly interface: Fact<string>;
  /** Seconds. */
  readonly down: Fact<number>;
}

/** An address that VRRP moves: `10.0.0.100/24 dev eth0 label eth0:1`. */
export interface Vip {
  /** As written, without the prefix. */
  readonly address: string;
  /** Canonical text for comparison; undefined where the address is not one. */
  readonly key: string | undefined;
  readonly family: Family;
  /** Absent: keepalived takes /32 or /128. */
  readonly prefix?: number;
  readonly device?: string;
  readonly label?: string;
}

/** One thing an instance watches. Weight 0: a failure takes the instance to FAULT. */
export interface Track {
  readonly kind: 'script' | 'interface' | 'process' | 'file' | 'bfd';
  readonly name: Fact<string>;
  /** The weight that counts: here, else in the block of what is tracked, else 0 (a file: 1). */
  readonly weight: Fact<number>;
  readonly reverse: boolean;
  /** The block that defines what is tracked; undefined where there is none, and for interfaces. */
  readonly definition?: Located;
}

/** `vrrp_script NAME { … }`; `vrrp_track_process` and `track_file` are not among them. */
export interface TrackScript extends Subject {
  readonly name: Fact<string>;
  readonly command?: Fact<string>;
  readonly interval: Fact<number>;
  readonly timeout?: Fact<number>;
  readonly weight: Fact<number>;
  readonly rise: Fact<number>;
  readonly fall: Fact<number>;
  readonly user?: Fact<string>;
  readonly initFail?: Fact<boolean>;
}

/** `vrrp_instance NAME { … }`. Defaults are facts too, placed at the header. */
export interface VrrpInstance extends Subject {
  readonly name: Fact<string>;
  readonly family: Family;
  readonly state: Fact<'MASTER' | 'BACKUP'>;
  readonly interface?: Fact<string>;
  readonly virtualRouterId?: Fact<number>;
  /** Effective: 100 where it is left out, 255 where it is left out and the state is MASTER. */
  readonly priority: Fact<number>;
  /** Seconds, as written. */
  readonly advertInt: Fact<number>;
  /** Effective: IPv6 makes it 3, else `version`, else `vrrp_version`, else 2. */
  readonly version: Fact<2 | 3>;
  readonly strict?: Fact<boolean>;
  readonly accept?: Fact<boolean>;
  /** The type only where it takes effect: PASS or AH with a password, version 2. */
  readonly authType?: Fact<'PASS' | 'AH'>;
  /** The type as it stands in the file, whether it takes effect or not. */
  readonly writtenAuthType?: Fact<string>;
  /** The password as the program takes it, before it is cut to 8 characters. */
  readonly authPass?: Fact<string>;
  readonly vips: readonly Fact<Vip>[];
  readonly excludedVips: readonly Fact<Vip>[];
  readonly unicastPeers: readonly Fact<string>[];
  readonly unicastSource?: Fact<string>;
  readonly multicastGroup?: Fact<string>;
  /** A unicast keyword stands in the block: without a peer the instance is multicast after all. */
  readonly unicastKeyword?: Fact<string>;
  readonly nopreempt?: Fact<boolean>;
  readonly preemptDelay?: Fact<number>;
  readonly useVmac?: Fact<boolean>;
  readonly tracks: readonly Track[];
  readonly virtualRoutes: readonly Fact<string>[];
  readonly virtualRules: readonly Fact<string>[];
  readonly notify: readonly Fact<string>[];
  /** Other keywords of the block, by name: the first argument, '' where there is none. */
  readonly other: ReadonlyMap<string, Fact<string>>;
}

/** `vrrp_sync_group NAME { group { … } }` */
export interface SyncGroup extends Subject {
  readonly name: Fact<string>;
  readonly members: readonly Fact<string>[];
  readonly tracks: readonly Track[];
  readonly notify: readonly Fact<string>[];
  readonly trackingWeight?: Fact<boolean>;
  readonly globalTracking?: Fact<boolean>;
}
