import {
  KeepalivedBlock,
  type KeepalivedStatement,
  readBoolean,
  readInteger,
  readSeconds,
} from '../../grammars/keepalived/read.ts';
import { assumed, type Fact, repeated, statedBy } from '../evidence/fact.ts';
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

const DEFAULT_CONNECT_TIMEOUT = 5;
const DEFAULT_DELAY_LOOP = 60;

/** What one check block itself says; checks that repeat its text share it. */
class CheckText {
  connectIp: Fact<string> | undefined = undefined;
  connectPort: Fact<number> | undefined = undefined;
  connectTimeout: Fact<number> | undefined = undefined;
  retry: Fact<number> | undefined = undefined;
  delayBeforeRetry: Fact<number> | undefined = undefined;
  delayLoop: Fact<number> | undefined = undefined;
  command: Fact<string> | undefined = undefined;
  miscTimeout: Fact<number> | undefined = undefined;
  miscDynamic: Fact<boolean> | undefined = undefined;
  virtualhost: Fact<string> | undefined = undefined;
  enableSni: Fact<boolean> | undefined = undefined;
  readonly urls: KeepalivedStatement[] = [];
  readonly others = new Map<string, Fact<string>>();

  constructor(kind: CheckerKind, block: readonly KeepalivedStatement[]) {
    for (const line of block) this.take(kind, line, line.argument(1) ?? '');
  }

  private take(kind: CheckerKind, line: KeepalivedStatement, text: string): void {
    switch (line.keyword) {
      case 'connect_timeout':
        this.connectTimeout = seconds(line, text) ?? this.connectTimeout;
        break;
      case 'connect_port':
        this.connectPort = integer(line, text, 1, 65_535) ?? this.connectPort;
        break;
      case 'connect_ip':
        this.connectIp = statedBy(text, line, 1);
        break;
      case 'nb_get_retry':
        // The old name is known in HTTP checks only; elsewhere the number of tries keeps its default (check_http.c).
        if (kind !== 'HTTP_GET' && kind !== 'SSL_GET') break;
        this.retry = integer(line, text, 0, 4_294_967_295) ?? this.retry;
        break;
      case 'retry':
      case 'misc_retry':
        this.retry = integer(line, text, 0, 4_294_967_295) ?? this.retry;
        break;
      case 'delay_before_retry':
        this.delayBeforeRetry = seconds(line, text, 0) ?? this.delayBeforeRetry;
        break;
      case 'delay_loop':
        this.delayLoop = seconds(line, text) ?? this.delayLoop;
        break;
      case 'url':
        this.urls.push(line);
        break;
      case 'misc_path':
        this.command = statedBy(text, line, 1);
        break;
      case 'misc_timeout':
        this.miscTimeout = seconds(line, text) ?? this.miscTimeout;
        break;
      case 'misc_dynamic':
        this.miscDynamic = statedBy(true, line, 0);
        break;
      case 'virtualhost':
        this.virtualhost = statedBy(text, line, 1);
        break;
      case 'enable_sni':
        this.enableSni = statedBy(readBoolean(line.argument(1)) ?? true, line, 0);
        break;
      default:
        this.others.set(line.keyword, statedBy(text, line, line.argument(1) === undefined ? 0 : 1));
    }
  }
}

const texts = new WeakMap<KeepalivedStatement, CheckText>();

/** One check block, with the numbers that count (keepalived/check/check_api.c, check_http.c, check_dns.c, check_misc.c). */
export function readChecker(
  server: Pick<Checker, 'id'>,
  header: KeepalivedStatement,
  around: CheckerDefaults,
): Checker {
  const kind = header.keyword as CheckerKind;
  const first = (header instanceof KeepalivedBlock && header.twin) || header;
  let text = texts.get(first);
  if (text === undefined) {
    text = new CheckText(kind, first.block ?? []);
    texts.set(first, text);
  }
  return new WrittenChecker(server, kind, header, header.start - first.start, text, around);
}

/** A class for speed: a large cluster has 100,000 checks of few texts, and facts are made when a rule asks for them. */
class WrittenChecker implements Checker {
  constructor(
    private readonly server: Pick<Checker, 'id'>,
    readonly kind: CheckerKind,
    private readonly header: KeepalivedStatement,
    private readonly shift: number,
    private readonly text: CheckText,
    private readonly around: CheckerDefaults,
  ) {}
  get id(): string {
    return `${this.server.id}/${this.kind}`;
  }
  get label(): string {
    return this.kind;
  }
  get place(): Place {
    return this.header.place;
  }
  get connectIp(): Fact<string> | undefined {
    return this.own(this.text.connectIp);
  }
  get connectPort(): Fact<number> | undefined {
    return this.own(this.text.connectPort);
  }
  get connectTimeout(): Fact<number> | undefined {
    const { kind, text, around, header } = this;
    if (text.connectTimeout !== undefined) return this.own(text.connectTimeout);
    if (kind === 'MISC_CHECK' || kind === 'FILE_CHECK' || kind === 'BFD_CHECK') return undefined;
    return around.connectTimeout ?? assumed(DEFAULT_CONNECT_TIMEOUT, header);
  }
  get retry(): Fact<number> {
    return this.own(this.text.retry) ?? this.around.retry ?? assumed(defaultRetry(this.kind), this.header);
  }
  get delayBeforeRetry(): Fact<number> {
    const { kind, text, around, header } = this;
    const fallback = () => assumed(defaultDelay(kind, this.delayLoop), header);
    return this.own(text.delayBeforeRetry) ?? around.delayBeforeRetry ?? fallback();
  }
  get delayLoop(): Fact<number> | undefined {
    return this.own(this.text.delayLoop) ?? this.around.delayLoop;
  }
  get urls(): readonly CheckerUrl[] | undefined {
    if (this.kind !== 'HTTP_GET' && this.kind !== 'SSL_GET') return undefined;
    return this.text.urls.map((line) => readUrl(this.server.id, line));
  }
  get command(): Fact<string> | undefined {
    return this.own(this.text.command);
  }
  get miscTimeout(): Fact<number> | undefined {
    return this.own(this.text.miscTimeout);
  }
  get miscDynamic(): Fact<boolean> | undefined {
    return this.own(this.text.miscDynamic);
  }
  get virtualhost(): Fact<string> | undefined {
    return this.own(this.text.virtualhost);
  }
  get enableSni(): Fact<boolean> | undefined {
    return this.own(this.text.enableSni);
  }
  get undefinedName(): Fact<string> | undefined {
    const [word, kind] = this.kind === 'FILE_CHECK' ? ['track_file', 'file'] : ['name', 'bfd'];
    if (this.kind !== 'FILE_CHECK' && this.kind !== 'BFD_CHECK') return undefined;
    const named = this.other.get(word);
    const { definitions } = this.around;
    if (named === undefined || definitions === undefined) return undefined;
    const { header, onlyFor } = definitions.get(`${kind} ${named.value}`) ?? {};
    const isAbove =
      header !== undefined &&
      onlyFor !== 'vrrp' &&
      (header.source !== this.header.source || header.start < this.header.start);
    return isAbove ? undefined : named;
  }
  get other(): ReadonlyMap<string, Fact<string>> {
    const { others } = this.text;
    if (others.size === 0 || this.shift === 0) return others;
    return new Map([...others].map(([keyword, fact]) => [keyword, repeated(fact, this.shift)]));
  }

  private own<T>(fact: Fact<T> | undefined): Fact<T> | undefined {
    return fact === undefined ? undefined : repeated(fact, this.shift);
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
export function seconds(line: KeepalivedStatement, text: string, min = 0.000001): Fact<number> | undefined {
  const value = readSeconds(text, min, 4_294_967_295);
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
