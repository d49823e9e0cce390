import type { Located } from '../evidence/fact.ts';
import type { Checker } from './service.ts';

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
