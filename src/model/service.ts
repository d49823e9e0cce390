import type { Fact } from '../evidence/fact.ts';
import type { Family, Subject } from './cluster.ts';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** How packets reach the real server; FULLNAT exists in forks only. */
export type ForwardingMethod = 'NAT' | 'DR' | 'TUN' | 'FULLNAT';

/** Who writes the service into the kernel's table. */
export type Manager = 'keepalived' | 'saved-table' | 'script';

/** What clients address: an address with port, or a firewall mark. */
export interface Endpoint {
  /** Same key, same kernel service: `TCP 10.0.0.1:80`, `FWM 1/4`. */
  readonly key: string;
  readonly family: Family;
  readonly address?: Fact<string>;
  readonly port?: Fact<number>;
  readonly mark?: Fact<number>;
}

/** A virtual service, wanted or running. keepalived's groups make one service with several endpoints. */
export interface VirtualService extends Subject {
  readonly manager: Manager;
  readonly endpoints: readonly Endpoint[];
  /** The group's name where the endpoints come from a `virtual_server_group`. */
  readonly group?: Fact<string>;
  /** Absent for firewall marks. Without `protocol` keepalived takes UDP. */
  readonly protocol?: Fact<Protocol>;
  /** '' where only the shell that runs a script knows it. */
  readonly scheduler: Fact<string>;
  readonly schedulerFlags: readonly Fact<string>[];
  readonly method: Fact<ForwardingMethod>;
  /** Seconds; NaN where only the shell that runs a script knows them. A default where something else implies it. */
  readonly persistence?: Fact<number>;
  /** A `persistence_timeout` that keepalived ignores because of its value. */
  readonly refusedPersistence?: Fact<string>;
  readonly granularity?: Fact<string>;
  readonly persistenceEngine?: Fact<string>;
  readonly onePacket?: Fact<boolean>;
  /** Seconds between two checks of a server; default 60. keepalived only. */
  readonly delayLoop?: Fact<number>;
  readonly alpha?: Fact<boolean>;
  readonly omega?: Fact<boolean>;
  readonly inhibitOnFailure?: Fact<boolean>;
  readonly quorum?: Fact<number>;
  readonly hysteresis?: Fact<number>;
  readonly quorumUp?: Fact<string>;
  readonly virtualhost?: Fact<string>;
  readonly sorryServer?: SorryServer;
  readonly realServers: readonly RealServer[];
}

export interface SorryServer {
  readonly address: Fact<string>;
  readonly port?: Fact<number>;
  readonly method?: Fact<ForwardingMethod>;
  readonly inhibit?: Fact<boolean>;
}

export interface RealServer extends Subject {
  readonly address: Fact<string>;
  readonly family: Family;
  /** Absent or 0: the service's own port. */
  readonly port?: Fact<number> | undefined;
  /** NaN where only the shell that runs a script knows it. */
  readonly weight: Fact<number>;
  /** Its own `lvs_method` or `-g|-i|-m`, else the service's. */
  readonly method: Fact<ForwardingMethod>;
  readonly inhibitOnFailure?: Fact<boolean> | undefined;
  readonly upperThreshold?: Fact<number> | undefined;
  readonly lowerThreshold?: Fact<number> | undefined;
  /** What TUN wraps packets in; absent: plain IPIP. */
  readonly tunnel?: Tunnel | undefined;
  /** keepalived's checks; undefined where the manager has none (ipvsadm). */
  readonly checkers?: readonly Checker[] | undefined;
}

/** `--tun-type` and what goes with it (ipvsadm(8), kernel 5.3). */
export interface Tunnel {
  readonly type: Fact<'ipip' | 'gue' | 'gre'>;
  readonly port?: Fact<number> | undefined;
  readonly checksum?: Fact<'tun-nocsum' | 'tun-csum' | 'tun-remcsum'> | undefined;
}

export type CheckerKind =
  | 'TCP_CHECK'
  | 'HTTP_GET'
  | 'SSL_GET'
  | 'SMTP_CHECK'
  | 'DNS_CHECK'
  | 'MISC_CHECK'
  | 'UDP_CHECK'
  | 'PING_CHECK'
  | 'FILE_CHECK'
  | 'BFD_CHECK';

/** One health check of a real server, with the numbers that count after defaults. */
export interface Checker extends Subject {
  readonly kind: CheckerKind;
  readonly connectIp?: Fact<string> | undefined;
  readonly connectPort?: Fact<number> | undefined;
  /** Seconds. */
  readonly connectTimeout?: Fact<number> | undefined;
  readonly retry?: Fact<number> | undefined;
  readonly delayBeforeRetry?: Fact<number> | undefined;
  readonly delayLoop?: Fact<number> | undefined;
  /** HTTP_GET and SSL_GET. */
  readonly urls?: readonly CheckerUrl[] | undefined;
  /** MISC_CHECK's command. */
  readonly command?: Fact<string> | undefined;
  readonly miscTimeout?: Fact<number> | undefined;
  readonly miscDynamic?: Fact<boolean> | undefined;
  readonly virtualhost?: Fact<string> | undefined;
  readonly enableSni?: Fact<boolean> | undefined;
  /** The track file or BFD instance that it names and that nothing above it defines: keepalived drops the check. */
  readonly undefinedName?: Fact<string> | undefined;
  /** Other keywords of the block, by name. */
  readonly other: ReadonlyMap<string, Fact<string>>;
}

export interface CheckerUrl extends Subject {
  readonly path?: Fact<string>;
  readonly statusCode?: Fact<string>;
  readonly digest?: Fact<string>;
  readonly regex?: Fact<string>;
  readonly virtualhost?: Fact<string>;
}
