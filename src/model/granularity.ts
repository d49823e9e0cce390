import { readInteger } from '../../grammars/keepalived/read.ts';
import type { Fact } from '../evidence/fact.ts';
import { type Fix, reviewedFix, valued } from '../evidence/fix.ts';
import { addressKey } from './endpoint.ts';
import type { VirtualService } from './service.ts';

/**
 * How many leading bits of a client's address persistence looks at; undefined for a mask that is no prefix. IPv4 wants
 * a dotted mask: `24` is 0.0.0.24 to inet_aton(3). IPv6 wants a length (ipvsadm(8), --netmask).
 */
export function granularityPrefix(service: VirtualService, text: string): number | undefined {
  const family = service.endpoints[0]?.family ?? 4;
  if (family === 6) return readInteger(text, 1, 128);
  const key = text.includes('.') ? addressKey(text) : undefined;
  if (key === undefined || key.includes(':')) return undefined;
  const bits = key.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const hosts = 2 ** 32 - bits;
  return Number.isInteger(Math.log2(hosts)) ? 32 - Math.log2(hosts) : undefined;
}

/** True where keepalived makes a service persistent without being asked: for a mask, or for a service of every port. */
export function impliesPersistence({ manager, persistence }: VirtualService): boolean {
  return manager === 'keepalived' && persistence?.basis === 'default';
}

/** Networks wider than this are whole sites and providers: their clients all go to one server. */
const WIDEST = { 4: 24, 6: 48 };

/** The clients that a persistent service keeps together; undefined for a mask that is no prefix. */
export interface ClientGroup {
  /** `all clients of a /24 network` */
  readonly who: string;
  readonly isWide: boolean;
}

export function clientGroupOf(service: VirtualService): ClientGroup | undefined {
  const { granularity, endpoints } = service;
  const family = endpoints[0]?.family ?? 4;
  const width = family === 6 ? 128 : 32;
  const prefix = granularity === undefined ? width : granularityPrefix(service, granularity.value);
  if (prefix === undefined) return undefined;
  const isWide = prefix < WIDEST[family];
  if (prefix === 0) return { who: 'all clients', isWide };
  return { who: prefix < width ? `all clients of a /${prefix} network` : 'each client address', isWide };
}

/** The dotted mask of an IPv4 prefix length. */
export function dottedMask(prefix: number): string {
  const bits = 2 ** 32 - 2 ** (32 - prefix);
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.');
}

/** The mask that was meant by a length of an IPv4 network. */
export function maskFix(granularity: Fact<string>, family: number | undefined): Fix | undefined {
  const length = readInteger(granularity.value, 1, 32);
  if (length === undefined || family === 6) return undefined;
  const mask = dottedMask(length);
  return reviewedFix(`write ${mask}`, valued(granularity, mask));
}
