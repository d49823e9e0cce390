import { Address6 } from 'ip-address';
import type { Family } from './cluster.ts';
import type { Protocol } from './service.ts';

/**
 * The one spelling of an address: two texts with the same key are the same address. Undefined for anything
 * else, also for `10.0.0.01` and `10.1`, which programs read in different ways. A zone (`%eth0`) stays.
 */
export function addressKey(text: string): string | undefined {
  if (isIpv4(text)) return text;
  if (text.length < 2 || text.length > 80 || !text.includes(':') || text.includes('/')) return undefined;
  try {
    const address = new Address6(text);
    return address.zone === '%' ? undefined : address.correctForm() + address.zone;
  } catch {
    return undefined;
  }
}

/** The family of an address key. */
export function familyOf(key: string): Family {
  return key.includes(':') ? 6 : 4;
}

/** The kernel knows a service by protocol, address and port: `TCP 10.0.0.1:80`, `TCP [2001:db8::1]:80`. */
export function endpointKey(protocol: Protocol, address: string, port: number): string {
  return `${protocol} ${socketText(address, port)}`;
}

/** A mark is a service of its own in each family: `FWM 1/4`. */
export function markKey(mark: number, family: Family): string {
  return `FWM ${mark}/${family}`;
}

/** Address and port as ipvsadm prints them: `10.0.0.1:80`, `[2001:db8::1]:80`. */
export function socketText(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** True where both addresses lie in the network that `prefix` cuts out of the first. */
export function sameSubnet(address: string, prefix: number, other: string): boolean {
  return inPrefix(other, address, prefix);
}

/** True where `address` lies in `network`/`prefix`; the network's host bits do not matter. */
export function inPrefix(address: string, network: string, prefix: number): boolean {
  const family = familyOf(address);
  if (family !== familyOf(network)) return false;
  if (family === 4) {
    const size = ipv4Size(prefix);
    const value = ipv4Value(address);
    const base = ipv4Value(network);
    return value !== undefined && base !== undefined && Math.floor(value / size) === Math.floor(base / size);
  }
  const value = ipv6Value(address);
  const base = ipv6Value(network);
  const host = BigInt(Math.min(128, Math.max(0, 128 - Math.trunc(prefix) || 0)));
  return value !== undefined && base !== undefined && value >> host === base >> host;
}

/** A network by one text: two addresses with the same text for a prefix length are in the same network of that length. */
export function networkKey(address: string, prefix: number): string | undefined {
  const value = ipv4Value(address);
  if (value !== undefined) return `4/${prefix}/${Math.floor(value / ipv4Size(prefix))}`;
  const bits = ipv6Value(address);
  return bits === undefined ? undefined : `6/${prefix}/${bits >> BigInt(Math.max(0, 128 - prefix))}`;
}

/** An IPv4 network as people write it: `192.0.2.0/24`. */
export function networkText(address: string, prefix: number): string {
  const size = ipv4Size(prefix);
  const base = Math.floor((ipv4Value(address) ?? 0) / size) * size;
  return `${[24, 16, 8, 0].map((bits) => Math.floor(base / 2 ** bits) % 256).join('.')}/${prefix}`;
}

/** True for the address that names an IPv4 network itself; in a /31 or /32 every address is a host's (RFC 3021). */
export function isNetworkAddress(address: string, prefix: number): boolean {
  const value = prefix < 31 ? ipv4Value(address) : undefined;
  return value !== undefined && value % ipv4Size(prefix) === 0;
}

/** True for the last address of an IPv4 network of /30 or larger. */
export function isBroadcastAddress(address: string, prefix: number): boolean {
  const value = prefix < 31 ? ipv4Value(address) : undefined;
  const size = ipv4Size(prefix);
  return value !== undefined && value % size === size - 1;
}

/** True for 224.0.0.0/4 and ff00::/8. */
export function isMulticastAddress(key: string): boolean {
  if (key.includes(':')) return key.startsWith('ff') && key.indexOf(':') === 4;
  const first = Number.parseInt(key, 10);
  return first >= 224 && first <= 239;
}

/** True for 169.254.0.0/16 and fe80::/10. */
export function isLinkLocalAddress(key: string): boolean {
  return key.startsWith('169.254.') || /^fe[89ab][\da-f]:/.test(key);
}

/** True for 127.0.0.0/8 and ::1. */
export function isLoopbackAddress(key: string): boolean {
  return key.startsWith('127.') || key === '::1';
}

/** The order in which VRRP breaks a tie, as a number below, at or above 0 (RFC 5798, section 6.4.3). */
export function compareAddresses(one: string, other: string): number {
  if (familyOf(one) !== familyOf(other)) return familyOf(one) - familyOf(other);
  if (familyOf(one) === 4) return (ipv4Value(one) ?? 0) - (ipv4Value(other) ?? 0);
  const left = ipv6Value(one) ?? 0n;
  const right = ipv6Value(other) ?? 0n;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** An address as one number, to count from; undefined for what is none. */
export function addressValue(key: string): bigint | undefined {
  const value = ipv4Value(key);
  return value === undefined ? ipv6Value(key) : BigInt(value);
}

/** The address that a number stands for. */
export function addressAt(value: bigint, family: Family): string {
  if (family === 6) return Address6.fromBigInt(value).correctForm();
  return [24n, 16n, 8n, 0n].map((bits) => (value >> bits) & 255n).join('.');
}

/** Four numbers up to 255 without leading zeros. Checked by hand: a large cluster asks 100,000 times. */
function isIpv4(text: string): boolean {
  const { length } = text;
  if (length < 7 || length > 15) return false;
  let dots = 0;
  let digits = 0;
  let value = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      if (digits === 0 || ++dots > 3) return false;
      digits = 0;
      value = 0;
    } else {
      if (code < 48 || code > 57 || (digits === 1 && value === 0)) return false;
      value = value * 10 + code - 48;
      if (value > 255) return false;
      digits++;
    }
  }
  return dots === 3 && digits > 0;
}

function ipv4Value(address: string): number | undefined {
  return isIpv4(address) ? address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) : undefined;
}

/** How many addresses an IPv4 network holds. */
function ipv4Size(prefix: number): number {
  return 2 ** Math.min(32, Math.max(0, 32 - Math.trunc(prefix) || 0));
}

function ipv6Value(address: string): bigint | undefined {
  const key = addressKey(address);
  return key === undefined ? undefined : new Address6(key).bigInt();
}
