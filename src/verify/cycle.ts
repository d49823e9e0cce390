import { commonDivisor } from '../model/weights.ts';

/** How many connections a server may have got, the least and the most. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** rr and wrr deal out Σw/gcd(w) connections in one cycle (ip_vs_rr.c, ip_vs_wrr.c). */
export function cycleLength(weights: readonly number[]): number {
  const divisor = commonDivisor(weights) || 1;
  return weights.reduce((sum, weight) => sum + weight, 0) / divisor;
}

/**
 * What each server may have got of `total` connections, wherever in its cycle the scheduler stood and in whatever order
 * the table lists the servers. wrr goes through the weights from the highest down: in round c every server of weight c
 * or more gets one (ip_vs_wrr.c), so the heavy ones come in runs.
 */
export function cycleBounds(weights: readonly number[], total: number): readonly Bounds[] {
  const divisor = commonDivisor(weights) || 1;
  const shares = weights.map((weight) => weight / divisor);
  const cycle = cycleLength(weights);
  if (cycle === 0) return weights.map(() => ({ least: 0, most: 0 }));
  const whole = Math.floor(total / cycle);
  const rest = total % cycle;
  return shares.map((share, at) => {
    const within = partBounds(shares, at, rest, cycle);
    return { least: whole * share + within.least, most: whole * share + within.most };
  });
}

/** Beyond this a cycle is not walked: a part of it then counts as anything that it can hold. */
const LONGEST_WALK = 100_000;

/** Of `length` connections in a row, fewer than a cycle, how many fall to one server: listed first, or last. */
function partBounds(shares: readonly number[], at: number, length: number, cycle: number): Bounds {
  const share = shares[at] ?? 0;
  if (length === 0 || share === 0) return { least: 0, most: 0 };
  const loose = { least: Math.max(0, length - (cycle - share)), most: Math.min(share, length) };
  if (cycle > LONGEST_WALK) return loose;
  let least = length;
  let most = 0;
  for (const first of [true, false]) {
    const mine = turnsOf(shares, at, first);
    let count = 0;
    for (let i = 0; i < length; i++) count += mine[i] ?? 0;
    for (let start = 0; start < cycle; start++) {
      least = Math.min(least, count);
      most = Math.max(most, count);
      count += (mine[(start + length) % cycle] ?? 0) - (mine[start] ?? 0);
    }
  }
  // Between the first place and the last there are orders that differ by one at most.
  return { least: Math.max(loose.least, least - 1), most: Math.min(loose.most, most + 1) };
}

/** A cycle, 1 where the server's turn is. */
function turnsOf(shares: readonly number[], at: number, first: boolean): Uint8Array {
  const own = shares[at] ?? 0;
  const turns: number[] = [];
  const highest = shares.reduce((most, share) => Math.max(most, share), 0);
  for (let round = highest; round >= 1; round--) {
    const others = shares.filter((share, other) => other !== at && share >= round).length;
    const mine = own >= round ? [1] : [];
    turns.push(...(first ? mine : []), ...Array<number>(others).fill(0), ...(first ? [] : mine));
  }
  return Uint8Array.from(turns);
}
