/** What a test does, and what everybody sees while it runs: plain data, so that a recorded one can be judged again. */
export interface Timeline<Plan = unknown> {
  readonly schemaVersion: 1;
  readonly test: 'distribution' | 'real-server' | 'failover';
  /** When `at` is 0, as ISO 8601; all other times are milliseconds since then, by the clock of this machine. */
  readonly startedAt: string;
  /** What was to be done and what theory expects of it, worked out before anything was touched. */
  readonly plan: Plan;
  /** In the order of their times. */
  readonly moments: readonly Moment[];
}

/** One thing that was done, or seen. */
export type Moment =
  | ({ readonly did: string; readonly host?: string; readonly step: Step } & Dated)
  | ({ readonly observed: Observation } & Dated);

interface Dated {
  readonly at: number;
  /** Milliseconds by which `at` may be off: the clocks of two machines are compared by a round trip. */
  readonly within?: number;
}

/** One thing that was done. */
export interface Did {
  readonly at: number;
  readonly did: string;
  readonly host?: string;
  readonly step: Step;
}

/** The steps that a judge has to know apart. `note` is for readers only. */
export type Step = 'start' | 'arm' | 'fault' | 'undo' | 'disarm' | 'undone' | 'abort' | 'end' | 'note';

/** How a request ended. */
export type Outcome = 'answered' | 'refused' | 'timeout' | 'reset' | 'unreachable' | 'error';

export type Observation =
  /** A client's request, of a connection of its own; `at` is its start. */
  | {
      readonly kind: 'request';
      readonly service: string;
      /** The client's address where it is known. */
      readonly from?: string;
      readonly outcome: Outcome;
      readonly milliseconds: number;
      /** Who answered, as the answer itself says. */
      readonly by?: string;
    }
  /** A client's connection that was open before the fault: whether it still carries data. */
  | { readonly kind: 'connection'; readonly service: string; readonly id: number; readonly alive: boolean }
  /** A director's exact count of new connections, by `address:port` of the real server; `open` is how many are active. */
  | {
      readonly kind: 'counters';
      readonly host: string;
      readonly service: string;
      readonly servers: readonly ServerCount[];
    }
  /** The real servers of a running table, with their weights. */
  | {
      readonly kind: 'table';
      readonly host: string;
      readonly service: string;
      readonly servers: readonly { readonly server: string; readonly weight: number }[];
    }
  /** Which of the VIPs in question a director holds. */
  | { readonly kind: 'holder'; readonly host: string; readonly vips: readonly string[] }
  /** A VRRP advertisement that `seenBy` received or sent. */
  | {
      readonly kind: 'advert';
      readonly seenBy: string;
      readonly from: string;
      readonly vrid: number;
      readonly priority: number;
      readonly version: number;
    }
  /** A gratuitous ARP request or reply, or an unsolicited neighbour advertisement. */
  | { readonly kind: 'garp'; readonly seenBy: string; readonly address: string; readonly mac: string }
  /** Who answers when the client's link asks who has the address. */
  | {
      readonly kind: 'arp';
      readonly seenBy: string;
      readonly address: string;
      readonly macs: readonly string[];
    };

export interface ServerCount {
  readonly server: string;
  readonly connections: number;
  readonly active: number;
  readonly inactive: number;
}
