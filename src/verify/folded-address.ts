/** An address as the one number of 32 bits that IPVS hashes; the four words of IPv6 are folded into one. */
export function foldedAddress(address: string): number {
  if (!address.includes(':'))
    return address.split('.').reduce((sum, part) => (sum * 256 + Number(part)) >>> 0, 0);
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : new Array<string>(8 - front.length - back.length).fill('0');
  const groups = [...front, ...zeros, ...back].map((group) => Number.parseInt(group, 16));
  let value = 0;
  for (let at = 0; at < 8; at += 2) value ^= ((groups[at] ?? 0) << 16) | (groups[at + 1] ?? 0);
  return value >>> 0;
}
