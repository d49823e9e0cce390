import type { Located } from '../evidence/fact.ts';
import { type Fix, reviewedFix } from '../evidence/fix.ts';
import { lineAddedIn } from '../evidence/line-edit.ts';
import { servedPort } from './ports.ts';
import type { Checker, RealServer, VirtualService } from './service.ts';

/** What a check is nothing without, and where it is missing. */
export interface Lack {
  readonly at: Located;
  /** `it has no url` */
  readonly what: string;
}

/** Why keepalived drops a check although it stands in the file (keepalived 2.2.7, `-t` and run). */
export function lackOf(checker: Checker): Lack | undefined {
  const { kind, urls = [], command, undefinedName, other } = checker;
  if (kind === 'TCP_CHECK') return undefined;
  if (kind === 'HTTP_GET' || kind === 'SSL_GET') {
    if (urls.length === 0) return { at: checker, what: 'it has no url' };
    if (urls.some(({ path }) => path !== undefined && path.value !== '')) return undefined;
    return { at: urls[0] ?? checker, what: 'its url has no path' };
  }
  if (kind === 'MISC_CHECK' && (command === undefined || command.value === ''))
    return { at: checker, what: 'it has no misc_path' };
  if (undefinedName !== undefined) {
    const block = kind === 'FILE_CHECK' ? 'track_file' : 'bfd_instance';
    const what = `nothing above it defines the ${block} ${undefinedName.value} for checks`;
    return { at: undefinedName, what };
  }
  if (kind === 'FILE_CHECK' && !other.has('track_file')) return { at: checker, what: 'it has no track_file' };
  if (kind === 'BFD_CHECK' && !other.has('name')) return { at: checker, what: 'it has no name' };
  return undefined;
}

/** The least check for servers of a TCP service: that somebody takes connections. */
export function connectFix(service: VirtualService, servers: readonly RealServer[]): Fix | undefined {
  if (service.protocol?.value !== 'TCP' || servers.some((server) => !servedPort(service, server)))
    return undefined;
  const check = 'TCP_CHECK {\n    connect_timeout 3\n}';
  return reviewedFix('add TCP_CHECK to each', ...servers.map((server) => lineAddedIn(server, check)));
}
