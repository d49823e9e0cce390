/** What `verify distribution` is going to do, and what theory expects of it. Plain data: it goes into the timeline. */
export interface DistributionPlan {
  /** The machine that the requests come from. */
  readonly client: string;
  readonly services: readonly ServicePlan[];
}

/** One endpoint of a virtual service: what the kernel counts by itself. */
export interface ServicePlan {
  /** `TCP 192.0.2.10:80`, `FWM 1/4` */
  readonly service: string;
  /** The director that has the VIP: the one whose counters count. */
  readonly director: string;
  readonly scheduler: string;
  readonly request: RequestPlan;
  /** As the running table has them, in its order. */
  readonly servers: readonly PlannedServer[];
  readonly expectation: Expectation;
  /** How many connections are opened, and how many it takes to find a skew of a tenth. */
  readonly requests: number;
  readonly needed: number;
  /** The client's addresses that they come from, in turn; empty: the one that the system takes. */
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
  readonly sorry?: true;
}

/** A request that clients would send; each has a connection of its own. */
export interface RequestPlan {
  readonly kind: 'http' | 'https' | 'tcp';
  readonly address: string;
  readonly port: number;
  readonly path?: string;
  /** The name that is asked for, where it is not the address. */
  readonly name?: string;
  /** What of an answer tells who gave it. */
  readonly identify?: string;
}

/** How new connections fall to the servers. */
export type Expectation =
  /** In turn: rr, wrr. Each cycle of the weights is dealt out whole. */
  | { readonly kind: 'cycle'; readonly weights: readonly number[] }
  /** Cannot be told before. */
  | { readonly kind: 'unknown'; readonly why: string };
