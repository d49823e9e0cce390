import { readInteger } from '../../grammars/keepalived/read.ts';
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
