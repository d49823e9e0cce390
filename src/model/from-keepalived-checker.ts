import {
  type KeepalivedStatement,
  readBoolean,
  readInteger,
  readSeconds,
} from '../../grammars/keepalived/read.ts';
import { assumed, type Fact, statedBy } from '../evidence/fact.ts';
import type { Place } from '../evidence/place.ts';
import type { TrackDefinitions } from './from-keepalived-tracks.ts';
import type { Checker, CheckerKind, CheckerUrl } from './service.ts';

const KINDS: ReadonlySet<string> = new Set<CheckerKind>([
  'TCP_CHECK',
  'HTTP_GET',
  'SSL_GET',
  'SMTP_CHECK',
  'DNS_CHECK',
  'MISC_CHECK',
  'UDP_CHECK',
  'PING_CHECK',
  'FILE_CHECK',
  'BFD_CHECK',
]);

/** What the checks of a service or server inherit from the block around them. */
export interface CheckerDefaults {
  readonly delayLoop: Fact<number> | undefined;
  readonly retry: Fact<number> | undefined;
  readonly delayBeforeRetry: Fact<number> | undefined;
  readonly connectTimeout: Fact<number> | undefined;
  /** What a check may name; undefined where nobody collected it. */
  readonly definitions?: TrackDefinitions | undefined;
}

export function isCheckerKind(keyword: string): keyword is CheckerKind {
  return KINDS.has(keyword);
}

const NO_OTHERS: ReadonlyMap<string, Fact<string>> = new Map();
const DEFAULT_CONNECT_TIMEOUT = 5;
const DEFAULT_DELAY_LOOP = 60;

/** One check block, with the numbers that count (keepalived/check/check_api.c, check_http.c, check_dns.c, check_misc.c). */
export function readChecker(
  server: Pick<Checker, 'id'>,
  header: KeepalivedStatement,
  around: CheckerDefaults,
): Checker {
  const kind = header.keyword as CheckerKind;
  const own = new WrittenChecker(server, kind, header);
  let others: Map<string, Fact<string>> | undefined;
  const block = header.block ?? [];
  for (let index = 0; index < block.length; index++) {
    const line = block[index] as KeepalivedStatement;
    const text = line.argument(1) ?? '';
    switch (line.keyword) {
      case 'connect_timeout':
        own.connectTimeout = seconds(line, text) ?? own.connectTimeout;
        break;
      case 'connect_port':
        own.connectPort = integer(line, text, 1, 65_535) ?? own.connectPort;
        break;
      case 'connect_ip':
        own.connectIp = statedBy(text, line, 1);
        break;
      case 'retry':
      case 'nb_get_retry':
      case 'misc_retry':
        own.retry = integer(line, text, 0, 4_294_967_295) ?? own.retry;
        break;
      case 'delay_before_retry':
        own.delayBeforeRetry = seconds(line, text) ?? own.delayBeforeRetry;
        break;
      case 'delay_loop':
        own.delayLoop = seconds(line, text) ?? own.delayLoop;
        break;
      case 'url':
        own.urls = [...(own.urls ?? []), readUrl(server.id, line)];
        break;
      case 'misc_path':
        own.command = statedBy(text, line, 1);
        break;
      case 'misc_timeout':
        own.miscTimeout = seconds(line, text) ?? own.miscTimeout;
        break;
      case 'misc_dynamic':
        own.miscDynamic = statedBy(true, line, 0);
        break;
      case 'virtualhost':
        own.virtualhost = statedBy(text, line, 1);
        break;
      case 'enable_sni':
        own.enableSni = statedBy(readBoolean(line.argument(1)) ?? true, line, 0);
        break;
      default:
        others ??= new Map();
        others.set(line.keyword, statedBy(text, line, line.argument(1) === undefined ? 0 : 1));
    }
  }
  own.delayLoop ??= around.delayLoop;
  own.retry ??= around.retry ?? assumed(defaultRetry(kind), header);
  own.delayBeforeRetry ??= around.delayBeforeRetry ?? assumed(defaultDelay(kind, own.delayLoop), header);
  if (kind !== 'MISC_CHECK' && kind !== 'FILE_CHECK' && kind !== 'BFD_CHECK') {
    own.connectTimeout ??= around.connectTimeout ?? assumed(DEFAULT_CONNECT_TIMEOUT, header);
  }
  if (kind === 'HTTP_GET' || kind === 'SSL_GET') own.urls ??= [];
  if (others !== undefined) own.other = others;
  const name = kind === 'FILE_CHECK' ? 'track_file' : kind === 'BFD_CHECK' ? 'name' : undefined;
  const named = name === undefined ? undefined : own.other.get(name);
  if (
    named !== undefined &&
    around.definitions?.has(`${kind === 'FILE_CHECK' ? 'file' : 'bfd'} ${named.value}`) === false
  )
    own.undefinedName = named;
  return own;
}

/** A class for speed: a large cluster has 100,000 checks, all of one shape, placed only when a finding needs it. */
class WrittenChecker implements Checker {
  readonly kind: CheckerKind;
  private readonly server: Pick<Checker, 'id'>;
  private readonly header: KeepalivedStatement;
  connectIp: Fact<string> | undefined = undefined;
  connectPort: Fact<number> | undefined = undefined;
  connectTimeout: Fact<number> | undefined = undefined;
  retry: Fact<number> | undefined = undefined;
  delayBeforeRetry: Fact<number> | undefined = undefined;
  delayLoop: Fact<number> | undefined = undefined;
  urls: readonly CheckerUrl[] | undefined = undefined;
  command: Fact<string> | undefined = undefined;
  miscTimeout: Fact<number> | undefined = undefined;
  miscDynamic: Fact<boolean> | undefined = undefined;
  virtualhost: Fact<string> | undefined = undefined;
  enableSni: Fact<boolean> | undefined = undefined;
  undefinedName: Fact<string> | undefined = undefined;
  other = NO_OTHERS;

  constructor(server: Pick<Checker, 'id'>, kind: CheckerKind, header: KeepalivedStatement) {
    this.server = server;
    this.kind = kind;
    this.header = header;
  }
  get id(): string {
    return `${this.server.id}/${this.kind}`;
  }
  get label(): string {
    return this.kind;
  }
  get place(): Place {
    return this.header.place;
  }
}

function defaultRetry(kind: CheckerKind): number {
  return kind === 'MISC_CHECK' ? 0 : kind === 'DNS_CHECK' ? 3 : 1;
}

/** A DNS_CHECK waits a whole delay_loop (keepalived 2.2.7, dump of a running configuration). */
function defaultDelay(kind: CheckerKind, delayLoop: Fact<number> | undefined): number {
  if (kind === 'DNS_CHECK') return delayLoop?.value ?? DEFAULT_DELAY_LOOP;
  return kind === 'HTTP_GET' || kind === 'SSL_GET' ? 3 : 1;
}

function readUrl(server: string, header: KeepalivedStatement): CheckerUrl {
  const url: { -readonly [K in keyof CheckerUrl]?: CheckerUrl[K] } = {
    id: `${server}/url`,
    label: 'url',
    place: header.place,
  };
  for (const line of header.block ?? []) {
    const fact = statedBy(line.argument(1) ?? '', line, 1);
    if (line.keyword === 'path') url.path = fact;
    else if (line.keyword === 'status_code') url.statusCode = fact;
    else if (line.keyword === 'digest') url.digest = fact;
    else if (line.keyword === 'regex') url.regex = fact;
    else if (line.keyword === 'virtualhost') url.virtualhost = fact;
  }
  return url as CheckerUrl;
}

/** A number of seconds stated by a line's first argument; undefined where keepalived would ignore it. */
export function seconds(line: KeepalivedStatement, text: string): Fact<number> | undefined {
  const value = readSeconds(text, 0.000001, 4_294_967_295);
  return value === undefined ? undefined : statedBy(value, line, 1);
}

/** A whole number stated by a line's first argument; undefined where keepalived would ignore it. */
export function integer(
  line: KeepalivedStatement,
  text: string,
  min: number,
  max: number,
): Fact<number> | undefined {
  const value = readInteger(text, min, max);
  return value === undefined ? undefined : statedBy(value, line, 1);
}
