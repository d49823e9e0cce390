import type { Source } from '../../src/evidence/source.ts';
import type { Fault } from '../tree.ts';
import { wholeOf } from './cells.ts';
import { parseListings } from './parser.ts';
import { ListingReader } from './reader.ts';
import type { ListedConnection, ListedDaemon, ListedKernel, ListedService, ListedTimeouts } from './row.ts';
import { tokensOf } from './tokens.ts';

/** What one or several listings of `ipvsadm -L` say, in the order of the text. */
export interface Listing {
  readonly source: Source;
  readonly kernel?: ListedKernel;
  readonly services: readonly ListedService[];
  readonly connections: readonly ListedConnection[];
  readonly daemons: readonly ListedDaemon[];
  readonly timeouts?: ListedTimeouts;
  readonly faults: readonly Fault[];
}

/**
 * Reads what ipvsadm 1.31 prints with -L: the table, --stats, --rate, --thresholds, --persistent-conn, --tun-info,
 * --timeout, --daemon and -c, with or without -n and --exact, also one behind the other. What columns mean is taken
 * from their headings; without one, rows have an address only.
 */
export function readListing(source: Source): Listing {
  const { known, unknown } = tokensOf(source.text);
  const reader = new ListingReader(source);
  parseListings(known, reader);
  for (const token of unknown) {
    const span = wholeOf(source, { start: token.startOffset, text: token.image });
    reader.complain(span, 'it is no line of a listing of ipvsadm 1.31', 'unknown-keyword');
  }
  const faults = reader.faults.sort((one, other) => one.at.range.start - other.at.range.start);
  const { kernel, services, connections, daemons, timeoutValues: timeouts } = reader;
  const once = { ...(kernel && { kernel }), ...(timeouts && { timeouts }) };
  return { source, services, connections, daemons, faults, ...once };
}
