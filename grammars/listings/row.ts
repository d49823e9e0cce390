import type { Located } from '../../src/evidence/fact.ts';
import type { Place, Range } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';

/** A value of a listing, and where it stands. */
export interface Cell<T> extends Located {
  readonly value: T;
  readonly range: Range;
}

/** A number of a listing. `263110K` is at least 263110000, and less than one `step` more. */
export interface Amount extends Cell<number> {
  readonly step: number;
}

/** The columns of numbers that the listings of ipvsadm 1.31 have, by their headings. */
export const COUNTS = [
  'Weight',
  'ActiveConn',
  'InActConn',
  'PersistConn',
  'Uthreshold',
  'Lthreshold',
  'Conns',
  'InPkts',
  'OutPkts',
  'InBytes',
  'OutBytes',
  'CPS',
  'InPPS',
  'OutPPS',
  'InBPS',
  'OutBPS',
] as const;

export type CountName = (typeof COUNTS)[number];
export type Counts = { readonly [C in CountName]?: Amount };

/** `ADDRESS:PORT` as a listing prints it. */
export interface ListedAddress extends Located {
  readonly text: string;
  readonly range: Range;
  readonly family: 4 | 6;
  /** An address or, without -n, a name; undefined where the name is cut. */
  readonly host: string | undefined;
  /** Undefined where it is cut off, or a name that only the host knows. */
  readonly port: number | undefined;
  /** The program keeps 28 characters of what is not IPv6, so the rest of the name or the port may be gone. */
  readonly cut: boolean;
}

export interface ListedTunnel extends Cell<'ipip' | 'gre' | 'gue'> {
  readonly port?: number;
  readonly checksum?: 'tun-nocsum' | 'tun-csum' | 'tun-remcsum';
}

export type ListedMethod = 'NAT' | 'DR' | 'TUN' | 'local' | 'bypass';

/** `  -> ADDRESS:PORT …`, with the columns that its listing has. */
export interface ListedServer extends Located {
  readonly range: Range;
  readonly address: ListedAddress;
  readonly method?: Cell<ListedMethod>;
  /** Absent for `n/a`. */
  readonly tunnel?: ListedTunnel;
  readonly counts: Counts;
}

/** A service with its servers; statistics and rates leave out how it balances. */
export interface ListedService extends Located {
  readonly range: Range;
  /** Undefined for a mark. */
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | undefined;
  readonly family: 4 | 6;
  readonly address?: ListedAddress;
  /** Unsigned, although the program prints it signed. */
  readonly mark?: Cell<number>;
  readonly scheduler?: Cell<string>;
  readonly schedulerFlags: readonly Cell<string>[];
  readonly persistence?: Cell<number>;
  readonly netmask?: Cell<string>;
  readonly persistenceEngine?: Cell<string>;
  readonly onePacket?: Cell<true>;
  readonly counts: Counts;
  readonly servers: readonly ListedServer[];
}

/** A row of `ipvsadm -L -c`. Source port 0 marks a template of persistence. */
export interface ListedConnection extends Located {
  readonly range: Range;
  readonly protocol: Cell<string>;
  /** Seconds. */
  readonly expires: Cell<number>;
  readonly state: Cell<string>;
  readonly client: ListedAddress;
  readonly virtual: ListedAddress;
  readonly destination: ListedAddress;
  readonly persistenceEngine?: Cell<string>;
  readonly persistenceData?: Cell<string>;
}

/** `Timeout (tcp tcpfin udp): 900 120 300` */
export interface ListedTimeouts extends Located {
  readonly tcp: Cell<number>;
  readonly tcpfin: Cell<number>;
  readonly udp: Cell<number>;
}

/** The first line of a listing: IPVS's own version, and how many chains its table of connections has. */
export interface ListedKernel extends Located {
  readonly version: string;
  readonly size: number | undefined;
}

/** A sync daemon with what stands between its parentheses: mcast, syncid and, since Linux 4.3, more. */
export interface ListedDaemon extends Located {
  readonly range: Range;
  readonly state: 'master' | 'backup';
  readonly settings: ReadonlyMap<string, Cell<string>>;
}

/** Something in a line; its place is worked out only when asked for. */
export class Span implements Located {
  readonly source: Source;
  readonly range: Range;

  constructor(source: Source, start: number, end: number) {
    this.source = source;
    this.range = { start, end };
  }

  get text(): string {
    return this.source.text.slice(this.range.start, this.range.end);
  }

  get place(): Place {
    return { source: this.source, range: this.range };
  }
}

/** A span with the value that it means, and more where more is known. */
export function cell<T, M extends object>(span: Span, value: T, more: M): Cell<T> & M;
export function cell<T>(span: Span, value: T): Cell<T>;
export function cell<T>(span: Span, value: T, more: object = {}): Cell<T> {
  return Object.assign(new Span(span.source, span.range.start, span.range.end), { value, ...more });
}
