import type { Source } from '../../src/evidence/source.ts';
import type { Fault, FaultKind } from '../tree.ts';
import { readAddress, readAmount, readExpiry, readNumber, readTunnel, spansOf, wholeOf } from './cells.ts';
import type { Line, ListingVisitor } from './parser.ts';
import { readBalancing, readIdentity, readPairs } from './read-service.ts';
import {
  type Amount,
  COUNTS,
  type CountName,
  type Counts,
  cell,
  type ListedConnection,
  type ListedDaemon,
  type ListedKernel,
  type ListedMethod,
  type ListedServer,
  type ListedService,
  type ListedTimeouts,
  Span,
} from './row.ts';

const METHODS: ReadonlyMap<string, ListedMethod> = new Map([
  ['Masq', 'NAT'],
  ['Route', 'DR'],
  ['Tunnel', 'TUN'],
  ['Local', 'local'],
  ['Bypass', 'bypass'],
]);

const NUMBERED: ReadonlySet<string> = new Set(COUNTS);

/** What a listing's lines say, put together line by line; the headings say what the columns below them are. */
export class ListingReader implements ListingVisitor {
  readonly faults: Fault[] = [];
  readonly services: ListedService[] = [];
  readonly connections: ListedConnection[] = [];
  readonly daemons: ListedDaemon[] = [];
  kernel: ListedKernel | undefined;
  timeoutValues: ListedTimeouts | undefined;
  private readonly source: Source;
  /** The columns of a server behind its address; undefined as long as no heading has come. */
  private columns: readonly string[] | undefined;
  /** In statistics and rates a service has the columns of its servers. */
  private servicesCount = false;

  constructor(source: Source) {
    this.source = source;
  }

  readonly complain = (span: Span, what: string, kind: FaultKind = 'malformed-value'): undefined => {
    const { text } = span;
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    this.faults.push({ kind, message: `cannot read '${shown}': ${what}`, at: span.place });
  };

  version(line: Line): void {
    const span = wholeOf(this.source, line);
    const [, version, size] = /version (\d[\w.]{0,20})(?: \(size=(\d{1,10})\))?/.exec(span.text) ?? [];
    if (version === undefined) this.complain(span, 'it names no version');
    else this.kernel = Object.assign(span, { version, size: size === undefined ? undefined : Number(size) });
    this.columns = undefined;
    this.servicesCount = false;
  }

  serviceHead(line: Line): void {
    const names = namesIn(line, 2);
    this.columns = names[0] === 'Scheduler' ? [] : names;
    this.servicesCount = names[0] === 'Conns' || names[0] === 'CPS';
  }

  serverHead(line: Line): void {
    const names = namesIn(line, 2);
    if (names.length > 0) this.columns = names;
  }

  service(line: Line, serverLines: readonly Line[]): void {
    const spans = spansOf(this.source, line);
    const read = readIdentity(spans, this.complain);
    const servers = serverLines.flatMap((server) => this.readServer(server) ?? []);
    if (read === undefined) return;
    const whole = wholeOf(this.source, line);
    const { identity, rest } = read;
    // Below no heading, numbers may be of any listing.
    const counted = this.servicesCount || (rest[0] !== undefined && readAmount(rest[0]) !== undefined);
    const balancing = counted ? NOTHING : readBalancing(rest, this.complain);
    const counts = this.servicesCount ? this.readCounts(rest, this.columns ?? [], whole) : {};
    this.services.push(Object.assign(whole, { ...identity, ...balancing, counts, servers }));
  }

  strayServer(line: Line): void {
    this.complain(wholeOf(this.source, line), 'no service stands above this real server');
  }

  connection(line: Line): void {
    const whole = wholeOf(this.source, line);
    const [protocol, time, state, from, virtual, to, engine, data] = spansOf(this.source, line);
    if (!protocol || !time || !state || !from || !virtual || !to) {
      this.complain(whole, 'a connection has six columns');
      return;
    }
    const expires = readExpiry(time) ?? this.complain(time, 'it is no MM:SS');
    const [source, service, destination] = [from, virtual, to].map(
      (span) => readAddress(span) ?? this.complain(span, 'it is no ADDRESS:PORT'),
    );
    if (!expires || !source || !service || !destination) return;
    const last = data && new Span(this.source, data.range.start, whole.range.end);
    this.connections.push(
      Object.assign(whole, {
        protocol: cell(protocol, protocol.text),
        expires,
        state: cell(state, state.text),
        client: source,
        virtual: service,
        destination,
        ...(engine && { persistenceEngine: cell(engine, engine.text) }),
        ...(last && { persistenceData: cell(last, last.text) }),
      }),
    );
  }

  timeouts(line: Line): void {
    const [tcp, tcpfin, udp] = spansOf(this.source, line)
      .slice(4)
      .map((span) => readNumber(span));
    const whole = wholeOf(this.source, line);
    if (tcp && tcpfin && udp) this.timeoutValues = Object.assign(whole, { tcp, tcpfin, udp });
    else this.complain(whole, 'there are no three numbers in it');
  }

  daemon(line: Line): void {
    const whole = wholeOf(this.source, line);
    const { text } = whole;
    const state = text.startsWith('master') ? 'master' : 'backup';
    const open = text.indexOf('(') + 1;
    if (open === 0 || !text.endsWith(')')) this.complain(whole, 'its settings stand in no parentheses');
    const inside = open === 0 ? '' : text.slice(open, text.endsWith(')') ? -1 : undefined);
    const settings = readPairs(this.source, whole.range.start + open, inside);
    this.daemons.push(Object.assign(whole, { state, settings } as const));
  }

  private readServer(line: Line): ListedServer | undefined {
    const [, target, ...cells] = spansOf(this.source, line);
    const whole = wholeOf(this.source, line);
    if (target === undefined) return this.complain(whole, 'it names no real server');
    const address = readAddress(target) ?? this.complain(target, 'it is no ADDRESS:PORT');
    if (address === undefined) return undefined;
    if (this.columns === undefined) return Object.assign(whole, { address, counts: {} });
    const counts = this.readCounts(cells, this.columns, whole);
    const forward = cells[this.columns.indexOf('Forward')];
    const method =
      forward && (METHODS.get(forward.text) ?? this.complain(forward, 'it is no forwarding method'));
    const info = cells[this.columns.indexOf('TunnelInfo')];
    const tunnel =
      info && info.text !== 'n/a'
        ? (readTunnel(info) ?? this.complain(info, 'it is no tunnel of ipvsadm 1.31'))
        : undefined;
    return Object.assign(whole, {
      address,
      counts,
      ...(forward && method && { method: cell(forward, method) }),
      ...(tunnel && { tunnel }),
    });
  }

  private readCounts(cells: readonly Span[], columns: readonly string[], line: Span): Counts {
    if (cells.length !== columns.length) {
      const [has, heads] = [cells.length, columns.length];
      this.complain(line, `it has ${has} columns behind the address, its heading ${heads}`);
    }
    const counts: { [C in CountName]?: Amount } = {};
    for (const [at, name] of columns.entries()) {
      const span = cells[at];
      if (span === undefined || !isCount(name)) continue;
      const amount = readAmount(span) ?? this.complain(span, `${name} is no number here`);
      if (amount !== undefined) counts[name] = amount;
    }
    return counts;
  }
}

const NOTHING = { schedulerFlags: [] };

function isCount(name: string): name is CountName {
  return NUMBERED.has(name);
}

/** More than any listing has; a longer heading is not one. */
const MOST_COLUMNS = 20;

/** The headings of a line behind its first ones. */
function namesIn({ text }: Line, behind: number): readonly string[] {
  return text
    .trim()
    .split(/[ \t\r]+/)
    .slice(behind, behind + MOST_COLUMNS);
}
