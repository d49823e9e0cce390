import type { Fault } from '../../grammars/tree.ts';

export type { Fault, FaultKind } from '../../grammars/tree.ts';

import type { Fact, Located } from '../evidence/fact.ts';
import type { SetupCommand, SetupScript } from './commands.ts';
import type { Ignore } from './ignores.ts';
import type { InterfaceAddress, KernelSettings } from './kernel.ts';
import type { Platform } from './platform.ts';
import type { L7Proxy } from './proxy.ts';
import type {
  ConntrackCounters,
  DaemonStatus,
  DeviceFeature,
  HostFile,
  Link,
  ListeningSocket,
  LiveAddress,
  LoggedState,
  PolicyRule,
  Route,
  RunningTimeouts,
  VrrpStatus,
} from './running.ts';
import type { VirtualService } from './service.ts';
import type { GlobalSettings, LinkDelay, SyncGroup, TrackScript, Vip, VrrpInstance } from './vrrp.ts';
import type { Workloads } from './workload.ts';

/** Something a finding can be about: it has a name that survives edits, and a place. */
export interface Subject extends Located {
  /** Unique in the cluster and stable under edits elsewhere: `lb1/vrrp_instance VI_1`. */
  readonly id: string;
  /** What a person would call it: `VI_1`, `192.0.2.10:80/TCP`. */
  readonly label: string;
}

/** Something on a host that has no block of its own: a key, an address. */
export function subjectOn(host: Host, label: string, { place }: Located, id = label): Subject {
  return { id: `${host.id}/${id}`, label, place };
}

/** `director`: balances. `real-server`: holds a VIP for DR or TUN, or is declared so. A host may be both (a local node). */
export type Role = 'director' | 'real-server';

/** A part of a host that evidence may or may not have filled; the names that a rule lists under `needs`. */
export type Part =
  | 'faults'
  | 'globals'
  | 'vrrp'
  | 'syncGroups'
  | 'trackScripts'
  | 'staticAddresses'
  | 'linkDelays'
  | 'services'
  | 'table'
  | 'sysctl'
  | 'addresses'
  | 'commands'
  | 'scripts'
  | 'liveAddresses'
  | 'vrrpStates'
  | 'daemon'
  | 'files'
  | 'features'
  | 'proxies'
  | 'workloads'
  | 'netfilter'
  | 'links'
  | 'routes'
  | 'policyRules'
  | 'sockets'
  | 'conntrack';

/** One machine of the cluster. A part that is `undefined` was not looked at; an empty one was looked at and is empty. */
export interface Host extends Subject {
  readonly name: string;
  readonly roles: ReadonlySet<Role>;
  /** The host's own unicast addresses, where anything says them: settings, `unicast_src_ip`, the files' own evidence. */
  readonly ownAddresses: ReadonlySet<string>;
  /** Why a part is missing, where somebody tried to see it. */
  readonly unseen: ReadonlyMap<Part, string>;
  /** Parts that were seen only in part (an include is missing), with the reason: nothing may be said about absence. */
  readonly partial: ReadonlyMap<Part, string>;
  /** The comments of its files that answer for findings. */
  readonly ignores: readonly Ignore[];
  /** What could not be read, as facts: syntax rules are ordinary rules. */
  readonly faults?: readonly Fault[];
  readonly globals?: GlobalSettings;
  readonly vrrp?: readonly VrrpInstance[];
  readonly syncGroups?: readonly SyncGroup[];
  readonly trackScripts?: readonly TrackScript[];
  /** keepalived's `static_ipaddress`. */
  readonly staticAddresses?: readonly Fact<Vip>[];
  /** keepalived's `interface_up_down_delays`. */
  readonly linkDelays?: readonly LinkDelay[];
  /** Wanted: keepalived.conf, rules saved for boot, `ipvsadm` lines of a set-up script. */
  readonly services?: readonly VirtualService[];
  /** Running: the kernel's table. */
  readonly table?: readonly VirtualService[];
  /** The timeouts of the running IPVS. */
  readonly runningTimeouts?: RunningTimeouts;
  readonly sysctl?: KernelSettings;
  /** Addresses that scripts raise or that the running host shows; VRRP's own are not among them. */
  readonly addresses?: readonly InterfaceAddress[];
  /** What set-up scripts do, in order. */
  readonly commands?: readonly SetupCommand[];
  /** The set-up scripts themselves. */
  readonly scripts?: readonly SetupScript[];
  /** All addresses that the running host has, VRRP's own among them. */
  readonly liveAddresses?: readonly LiveAddress[];
  /** The instances as the running daemon sees them. */
  readonly vrrpStates?: readonly VrrpStatus[];
  /** What its log last said of them. */
  readonly loggedStates?: readonly LoggedState[];
  /** keepalived's process. */
  readonly daemon?: DaemonStatus;
  /** Owner, mode and age of files that matter, as the host itself shows them. */
  readonly files?: readonly HostFile[];
  /** The proxies of layer 7 that run here, as far as listening and handing on goes. */
  readonly proxies?: readonly L7Proxy[];
  /** What containers and Kubernetes run here. */
  readonly workloads?: Workloads;
  /** What the network interfaces do by themselves. */
  readonly features?: readonly DeviceFeature[];
  /** What makes the packet filter: the running kernel's own rules where somebody looked, else what set-up scripts do. */
  readonly netfilter?: readonly SetupCommand[];
  /** The running packet filter was listed with all its backends: what `netfilter` lacks is not there. */
  readonly isFilterListed?: true;
  /** The network interfaces of the running host. */
  readonly links?: readonly Link[];
  /** The routes of the running host, of all its tables. */
  readonly routes?: readonly Route[];
  /** Rules that send packets to other tables than the kernel's own three do by themselves. */
  readonly policyRules?: readonly PolicyRule[];
  /** The sockets of the running host that wait for others to speak to them. */
  readonly sockets?: readonly ListeningSocket[];
  /** What connection tracking has counted. */
  readonly conntrack?: ConntrackCounters;
}

/** A host that is known to have the parts `P`. */
export type HostWith<P extends Part> = Host & { readonly [K in P]-?: NonNullable<Host[K]> };

/** Everything that is known of one lint run's machines; `P` are the parts that every listed host has. */
export interface ClusterModel<P extends Part = never> {
  readonly hosts: readonly HostWith<P>[];
  /** The whole cluster, whatever the hosts have: for questions across roles. */
  readonly whole: Cluster;
}

export interface Cluster {
  readonly hosts: readonly Host[];
  /** Rules' thresholds and the like that the user declared; empty without settings. */
  readonly target: Target;
}

/** What the files are meant to run on, where the user says so. */
export interface Target {
  readonly keepalived?: string;
  readonly kernel?: string;
  readonly platform?: Platform;
}

export type Family = 4 | 6;
