/**
 * The MAC addresses in what `arping -b` or `ip neighbour show` prints: `Unicast reply from 192.0.2.10 [52:54:…]`,
 * `192.0.2.10 lladdr 52:54:… REACHABLE`.
 */
export function readNeighbours(text: string): readonly string[] {
  const found = text.matchAll(/(?:\[|lladdr )((?:[\da-f]{2}:){5}[\da-f]{2})\b/gi);
  return [...new Set([...found].map(([, mac = '']) => mac.toLowerCase()))];
}
