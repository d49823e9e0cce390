import type { Window } from './failover-window.ts';

/**
 * What is done to the master. `stop`: its service manager ends keepalived. `crash`: what a power cut is to the others:
 * nothing comes from it any more. `link`: the interface of VRRP goes down. `isolate`: both live, and no advert passes.
 */
export type FaultKind = 'stop' | 'crash' | 'link' | 'isolate';

/** A failover as it is planned, with what theory expects: everything that a judge needs besides what was seen. */
export interface FailoverPlan {
  readonly fault: FaultKind;
  /** Who holds the VIPs before, and who takes them. */
  readonly master: string;
  readonly successor: string;
  /** What moves. */
  readonly routers: readonly PlannedRouter[];
  /** What the client asks for all the time. */
  readonly services: readonly PlannedService[];
  /** From the fault until the successor is master. */
  readonly takeover: Window;
  /** From the undo until the old master has all back; undefined where the configuration lets the successor keep it. */
  readonly comeback: Window | undefined;
  /** Milliseconds: the longest pause between two adverts, which nobody can see through. */
  readonly advertInterval: number;
  /** A sync daemon is to carry open connections over. */
  readonly keepsConnections: boolean;
  /** Milliseconds until the cluster is whole again in any case, by the job that is armed on the master. */
  readonly restoredWithin: number;
}

/** A virtual router that moves. */
export interface PlannedRouter {
  /** The finding's subject: the group's id in the model. */
  readonly id: string;
  readonly label: string;
  readonly virtualRouterId: number | undefined;
  readonly version: 2 | 3;
  readonly vips: readonly string[];
  /** Of the master and of the successor, by host. */
  readonly interfaces: Readonly<Record<string, string>>;
  readonly priorities: Readonly<Record<string, number>>;
}

/** A virtual service as a client reaches it. */
export interface PlannedService {
  readonly id: string;
  readonly label: string;
  readonly address: string;
  readonly port: number;
}
