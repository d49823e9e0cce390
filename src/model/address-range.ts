import { addressAt, addressKey, addressValue, familyOf } from './endpoint.ts';

/** More addresses than this in one line of a group are listed no further. */
const MAX_RANGE = 256;

/**
 * The addresses of one line of a `virtual_server_group`: `10.0.0.1`, `10.0.0.1-20`, `10.0.0.1-10.0.0.20`, `fd00::1-1f`,
 * `10.0.0.0/29`. None where keepalived 2.2.7 skips the line: an end that is not above the start, a mask with bits left.
 */
export function addressRange(text: string): readonly string[] {
  const [start = '', end] = text.split(/[/-]/, 2);
  const key = addressKey(start);
  if (key === undefined || end === undefined) return key === undefined ? [] : [key];
  const first = addressValue(key) ?? 0n;
  const last = text[start.length] === '/' ? endOfNetwork(key, first, end) : endOfRange(key, first, end);
  if (last === undefined) return [];
  const count = Math.min(Number(last - first) + 1, MAX_RANGE);
  return Array.from({ length: count }, (_, index) => addressAt(first + BigInt(index), familyOf(key)));
}

/** The end is an address, or the last number of one, hexadecimal in IPv6. */
function endOfRange(key: string, first: bigint, end: string): bigint | undefined {
  const whole = addressKey(end);
  if (whole !== undefined && familyOf(whole) !== familyOf(key)) return undefined;
  const size = familyOf(key) === 4 ? 256n : 65_536n;
  const number = familyOf(key) === 4 ? decimal(end, 255) : hexadecimal(end);
  const last = whole === undefined ? number && first - (first % size) + number : addressValue(whole);
  return last !== undefined && last > first ? last : undefined;
}

function endOfNetwork(key: string, first: bigint, length: string): bigint | undefined {
  const bits = familyOf(key) === 4 ? 32n : 128n;
  const prefix = decimal(length, Number(bits));
  if (prefix === undefined) return undefined;
  const size = 1n << (bits - prefix);
  return first % size === 0n ? first + size - 1n : undefined;
}

function decimal(text: string, max: number): bigint | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= max ? BigInt(text) : undefined;
}

function hexadecimal(text: string): bigint | undefined {
  return /^[\da-f]{1,4}$/i.test(text) ? BigInt(`0x${text}`) : undefined;
}
