import type { HeldScheduler } from './held-load.ts';

/** What `verify distribution` is going to do, and what theory expects of it. Plain data: it goes into the timeline. */
export interface DistributionPlan {
  /** The machine that the requests come from. */
  readonly client: string;
  readonly services: readonly ServicePlan[];
  /** Whose the MAC addresses are that may answer for a VIP: `rs1 (eth0)`. */
  readonly macs: Readonly<Record<string, string>>;
}

/** One endpoint of a virtual service: what the kernel counts by itself. */
export interface ServicePlan {
  /** `TCP 192.0.2.10:80`, `FWM 1/4` */
  readonly service: string;
  /** The director that has the VIP: the one whose counters count. */
  readonly director: string;
  readonly scheduler: string;
  /** Undefined where nothing is sent. */
  readonly request?: RequestPlan;
  readonly servers: readonly PlannedServer[];
  readonly expectation: Expectation;
  /** What is counted where a skew is looked for, and how many of it find one of a tenth. */
  readonly unit: 'connections' | 'client addresses' | 'open connections';
  readonly needed: number;
  /** How many of these there are going to be, and how many connections are opened in all. */
  readonly units: number;
  readonly requests: number;
  /** The client's addresses that they come from, in turn: one for each group that a persistent service tells apart. */
  readonly sources: readonly string[];
  /** Why nothing is sent. */
  readonly refusal?: string;
}

export interface PlannedServer {
  /** `192.0.2.21:80` */
  readonly server: string;
  /** What the configuration wants where it is known and static, else what runs. */
  readonly weight: number;
  /** The running table's weight, where it is another one. */
  readonly running?: number;
  /** It is the server of last resort. */
  readonly sorry?: true;
}

/** A request that clients would send; each has a connection of its own. */
export interface RequestPlan {
  readonly kind: 'http' | 'https' | 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly path?: string;
  /** The name that is asked for, where it is not the address. */
  readonly site?: string;
  /** What a datagram carries, in hexadecimal. */
  readonly payload?: string;
  /** What of an answer tells who gave it. */
  readonly identify?: string;
}

/** How new connections fall to the servers. */
export type Expectation =
  /** In turn: rr, wrr. Each cycle of the weights is dealt out whole. */
  | { readonly kind: 'cycle'; readonly by: Share }
  /** Each connection by itself, by a hash of its address and port. */
  | { readonly kind: 'connections'; readonly by: Share }
  /** All connections of a client go together: a hash of the address, or persistence with so many bits of it. */
  | { readonly kind: 'clients'; readonly by: Share; readonly prefix: number; readonly persistent: boolean }
  /** To one server: the heaviest, or one that nobody knows before. */
  | { readonly kind: 'one'; readonly of: 'heaviest' | 'any' }
  /** By what is open: judged by connections that stay open together. */
  | { readonly kind: 'held'; readonly by: HeldScheduler }
  /** Cannot be told before. */
  | { readonly kind: 'unknown'; readonly why: string };

/** What gives a server its share: equal parts, weights, or places of a hash table. */
export type Share = 'rr' | 'wrr' | 'sh' | 'mh';
