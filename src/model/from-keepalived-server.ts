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

/** `real_server ADDRESS [PORT] { … }`; undefined where keepalived skips the block for its address. */
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
  const own = new WrittenServer(service, address, header);
  let around: { -readonly [K in keyof ServiceDefaults]: ServiceDefaults[K] } | undefined;
  let checks = 0;
  const block = header.block ?? [];
  for (let index = 0; index < block.length; index++) {
    const line = block[index] as KeepalivedStatement;
    const text = line.argument(1) ?? '';
    switch (line.keyword) {
      case 'weight':
        own.weight = integer(line, text, 0, MAX_WEIGHT) ?? own.weight;
        break;
      case 'inhibit_on_failure':
        own.inhibitOnFailure = statedBy(readBoolean(line.argument(1)) ?? true, line, 0);
        break;
      case 'lvs_method':
      case 'lb_kind':
        own.method = methodOf(line) ?? own.method;
        break;
      case 'uthreshold':
        own.upperThreshold = integer(line, text, 0, MAX_WEIGHT) ?? own.upperThreshold;
        break;
      case 'lthreshold':
        own.lowerThreshold = integer(line, text, 0, MAX_WEIGHT) ?? own.lowerThreshold;
        break;
      case 'delay_loop':
        around ??= { ...service };
        around.delayLoop = seconds(line, text) ?? around.delayLoop;
        break;
      case 'retry':
        around ??= { ...service };
        around.retry = integer(line, text, 0, 4_294_967_295) ?? around.retry;
        break;
      case 'delay_before_retry':
        around ??= { ...service };
        around.delayBeforeRetry = seconds(line, text) ?? around.delayBeforeRetry;
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
  own.weight ??= service.weight ?? assumed(1, header);
  own.method ??= service.method;
  own.inhibitOnFailure ??= service.inhibitOnFailure;
  if (port !== undefined) own.port = statedBy(port, header, 2);
  return own as RealServer;
}

const NO_CHECKERS: readonly Checker[] = [];

function isCheck(line: KeepalivedStatement): boolean {
  return isCheckerKind(line.keyword);
}

/** A class for speed, as for checks: one shape for 100,000 servers, placed only when a finding needs it. */
class WrittenServer {
  readonly address: Fact<string>;
  private readonly service: ServiceDefaults;
  private readonly header: KeepalivedStatement;
  checkers: readonly Checker[] = NO_CHECKERS;
  port: Fact<number> | undefined = undefined;
  weight: Fact<number> | undefined = undefined;
  method: Fact<ForwardingMethod> | undefined = undefined;
  inhibitOnFailure: Fact<boolean> | undefined = undefined;
  upperThreshold: Fact<number> | undefined = undefined;
  lowerThreshold: Fact<number> | undefined = undefined;

  constructor(service: ServiceDefaults, address: string, header: KeepalivedStatement) {
    this.address = statedBy(address, header, 1);
    this.service = service;
    this.header = header;
  }
  get id(): string {
    return `${this.service.id}/real_server ${this.label}`;
  }
  get label(): string {
    const address = this.address.value;
    return this.port === undefined ? address : socketText(address, this.port.value);
  }
  get family(): Family {
    return familyOf(this.address.value);
  }
  get place(): Place {
    return this.header.place;
  }
}

/** The method as it was meant: `dr` is reported as a fault of its own; `FNAT` belongs to forks. */
export function methodOf(line: KeepalivedStatement): Fact<ForwardingMethod> | undefined {
  const text = (line.argument(1) ?? '').toUpperCase();
  const method = text === 'FNAT' || text === 'FULLNAT' ? 'FULLNAT' : readMethod(text);
  return method === undefined ? undefined : statedBy(method, line, 1);
}
