import {
  type KeepalivedStatement,
  readBoolean,
  readInteger,
  readMethod,
} from '../../grammars/keepalived/read.ts';
import { assumed, type Fact, statedBy } from '../evidence/fact.ts';
import type { Place } from '../evidence/place.ts';
import type { Family } from './cluster.ts';
import { addressKey, familyOf, socketText } from './endpoint.ts';
import {
  type CheckerDefaults,
  integer,
  isCheckerKind,
  readChecker,
  seconds,
} from './from-keepalived-checker.ts';
import type { Checker, ForwardingMethod, RealServer } from './service.ts';

/** What a real server takes from its virtual server. */
export interface ServiceDefaults extends CheckerDefaults {
  readonly id: string;
  readonly method: Fact<ForwardingMethod>;
  readonly inhibitOnFailure: Fact<boolean> | undefined;
  readonly weight: Fact<number> | undefined;
}

const MAX_WEIGHT = 2_147_483_647;

/** `real_server ADDRESS [PORT] { … }`; undefined where keepalived skips the block for its address or port. */
export function readRealServer(
  header: KeepalivedStatement,
  service: ServiceDefaults,
): RealServer | undefined {
  const written = header.argument(1) ?? '';
  // keepalived ignores a mask behind a real server's address without a word.
  const address = addressKey(written.includes('/') ? written.slice(0, written.indexOf('/')) : written);
  if (address === undefined) return undefined;
  const portText = header.argument(2);
  const port = portText === undefined ? undefined : readInteger(portText, 0, 65_535);
  if (portText !== undefined && port === undefined) return undefined;
  const own = new WrittenServer(service, address, port, header);
  let around: { -readonly [K in keyof ServiceDefaults]: ServiceDefaults[K] } | undefined;
  let checks = 0;
  const block = header.block ?? [];
  for (let index = 0; index < block.length; index++) {
    const line = block[index] as KeepalivedStatement;
    const text = line.argument(1) ?? '';
    switch (line.keyword) {
      case 'weight':
        if (readInteger(text, 0, MAX_WEIGHT) !== undefined) own.weightLine = line;
        break;
      case 'inhibit_on_failure':
        own.rare().inhibitOnFailure = switchOf(line) ?? own.inhibitOnFailure;
        break;
      case 'lvs_method':
      case 'lb_kind':
        own.rare().method = methodOf(line) ?? own.method;
        break;
      case 'uthreshold':
        own.rare().upperThreshold = integer(line, text, 0, MAX_WEIGHT) ?? own.upperThreshold;
        break;
      case 'lthreshold':
        own.rare().lowerThreshold = integer(line, text, 0, MAX_WEIGHT) ?? own.lowerThreshold;
        break;
      case 'delay_loop':
        around ??= { ...service };
        around.delayLoop = seconds(line, text) ?? around.delayLoop;
        break;
      case 'retry':
        around ??= { ...service };
        around.retry = integer(line, text, 1, 4_294_967_295) ?? around.retry;
        break;
      case 'delay_before_retry':
        around ??= { ...service };
        around.delayBeforeRetry = seconds(line, text, 0) ?? around.delayBeforeRetry;
        break;
      case 'connect_timeout':
        around ??= { ...service };
        around.connectTimeout = seconds(line, text) ?? around.connectTimeout;
        break;
      default:
        if (isCheckerKind(line.keyword)) checks++;
    }
  }
  if (checks > 0)
    own.checkers = block.filter(isCheck).map((check) => readChecker(own, check, around ?? service));
  return own;
}

const NO_CHECKERS: readonly Checker[] = [];

function isCheck(line: KeepalivedStatement): boolean {
  return isCheckerKind(line.keyword);
}

/** What few real servers say for themselves. */
class OwnSettings {
  method: Fact<ForwardingMethod> | undefined = undefined;
  inhibitOnFailure: Fact<boolean> | undefined = undefined;
  upperThreshold: Fact<number> | undefined = undefined;
  lowerThreshold: Fact<number> | undefined = undefined;
}

/** A class for speed, as for checks: a large cluster has 100,000 servers, and facts are made when a rule asks for them. */
class WrittenServer implements RealServer {
  checkers: readonly Checker[] = NO_CHECKERS;
  weightLine: KeepalivedStatement | undefined = undefined;
  private settings: OwnSettings | undefined = undefined;

  constructor(
    private readonly service: ServiceDefaults,
    private readonly host: string,
    private readonly ownPort: number | undefined,
    private readonly header: KeepalivedStatement,
  ) {}

  rare(): OwnSettings {
    this.settings ??= new OwnSettings();
    return this.settings;
  }
  get id(): string {
    return `${this.service.id}/real_server ${this.label}`;
  }
  get label(): string {
    return this.ownPort === undefined ? this.host : socketText(this.host, this.ownPort);
  }
  get family(): Family {
    return familyOf(this.host);
  }
  get place(): Place {
    return this.header.place;
  }
  get address(): Fact<string> {
    return statedBy(this.host, this.header, 1);
  }
  get port(): Fact<number> | undefined {
    return this.ownPort === undefined ? undefined : statedBy(this.ownPort, this.header, 2);
  }
  get weight(): Fact<number> {
    const line = this.weightLine;
    if (line !== undefined) return statedBy(Number(line.argument(1)), line, 1);
    return this.service.weight ?? assumed(1, this.header);
  }
  get method(): Fact<ForwardingMethod> {
    return this.settings?.method ?? this.service.method;
  }
  get inhibitOnFailure(): Fact<boolean> | undefined {
    return this.settings?.inhibitOnFailure ?? this.service.inhibitOnFailure;
  }
  get upperThreshold(): Fact<number> | undefined {
    return this.settings?.upperThreshold;
  }
  get lowerThreshold(): Fact<number> | undefined {
    return this.settings?.lowerThreshold;
  }
}

function switchOf(line: KeepalivedStatement): Fact<boolean> | undefined {
  const value = readBoolean(line.argument(1));
  return value === undefined ? undefined : statedBy(value, line, 0);
}

/** The method as it was meant: `dr` is reported as a fault of its own; `FNAT` belongs to forks. */
export function methodOf(line: KeepalivedStatement): Fact<ForwardingMethod> | undefined {
  const text = (line.argument(1) ?? '').toUpperCase();
  const method = text === 'FNAT' || text === 'FULLNAT' ? 'FULLNAT' : readMethod(text);
  return method === undefined ? undefined : statedBy(method, line, 1);
}
