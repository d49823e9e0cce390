/** What the tests of `verify` measured, beside what theory expects of it: plain data for reports. Times are milliseconds. */
export interface Verification {
  readonly tests: readonly MeasuredTest[];
  /** Undefined where no director failed over. */
  readonly series: Series | undefined;
}

/** One run of one test. */
export interface MeasuredTest {
  readonly name: string;
  readonly test: 'distribution' | 'real-server' | 'failover';
  /** ISO 8601 */
  readonly startedAt: string;
  /** What was done, in a few words: `crash of lb1`. */
  readonly about: string;
  readonly measures: readonly Measure[];
  readonly shares: readonly MeasuredShares[];
  readonly phases: readonly Phase[];
  /** Undefined where nobody waits for anything to happen. */
  readonly course: Course | undefined;
}

/** One number that theory foretells. */
export interface Measure {
  readonly what: string;
  readonly unit: 'milliseconds' | 'requests' | 'connections';
  readonly expected?: { readonly least?: number; readonly most?: number };
  /** Left out where it was waited for and not seen. */
  readonly measured?: number;
  /** By which it may be off. */
  readonly within?: number;
  /** Of how many. */
  readonly of?: number;
}

/** How one service's connections were spread. */
export interface MeasuredShares {
  readonly service: string;
  readonly scheduler: string;
  /** What falls to the servers by itself, and how many there were. */
  readonly unit: string;
  readonly units: number;
  /** Connections that were counted. */
  readonly total: number;
  readonly servers: readonly MeasuredShare[];
}

/** Shares are parts of 1. */
export interface MeasuredShare {
  readonly server: string;
  readonly weight: number;
  readonly count: number;
  readonly share: number;
  /** Undefined where theory gives a server no share of its own. */
  readonly expected: number | undefined;
  /** In 95 of 100 runs the true share is between the two. */
  readonly low: number;
  readonly high: number;
}

/** How requests fared in one part of a test. */
export interface Phase {
  readonly name: string;
  readonly requests: number;
  readonly answered: number;
  /** Of those that were answered; undefined where none was. */
  readonly latency: { readonly median: number; readonly most95: number; readonly worst: number } | undefined;
}

/** A test from its start to its end, to be drawn. */
export interface Course {
  readonly from: number;
  readonly to: number;
  readonly requests: readonly DrawnRequest[];
  readonly marks: readonly { readonly at: number; readonly what: string }[];
  readonly lanes: readonly Lane[];
}

export interface DrawnRequest {
  readonly at: number;
  readonly milliseconds: number;
  readonly state: 'good' | 'slow' | 'failed';
}

/** Something that is so at times: a director that holds the VIPs, nobody that holds them. */
export interface Lane {
  readonly label: string;
  /** Whether it is as wanted. */
  readonly isWrong: boolean;
  readonly spans: readonly { readonly from: number; readonly to: number }[];
}

/** Several failovers in one: the middle one and the worst. */
export interface Series {
  readonly runs: number;
  readonly figures: readonly { readonly what: string; readonly median: number; readonly worst: number }[];
  /** What so many of them would cost in a year. */
  readonly year: { readonly failovers: number; readonly median: number; readonly worst: number };
}
