import { commonDivisor } from '../model/weights.ts';
import { foldedAddress } from './folded-address.ts';

/** How many places of the table of sh or mh each server has, in the order of the kernel's list. */
export function placesOf(scheduler: 'sh' | 'mh', weights: readonly number[]): readonly number[] {
  return scheduler === 'sh' ? countsOf(sourceTable(weights), weights.length) : maglevPlaces(weights);
}

/** IP_VS_SH_TAB_BITS 8 (ip_vs_sh.c). */
const SOURCE_PLACES = 256;

/** The table of sh: one server after the other fills as many places as its weight, at least one, until all are full. */
export function sourceTable(weights: readonly number[]): readonly number[] {
  const table: number[] = [];
  for (let at = 0; table.length < SOURCE_PLACES; at = (at + 1) % weights.length)
    for (let n = 0; n < Math.max(1, weights[at] ?? 0) && table.length < SOURCE_PLACES; n++) table.push(at);
  return table;
}

function countsOf(table: readonly number[], servers: number): readonly number[] {
  const counts = new Array<number>(servers).fill(0);
  for (const at of table) counts[at] = (counts[at] ?? 0) + 1;
  return counts;
}

/** IP_VS_MH_TAB_INDEX 12: the prime 4093, and 6 bits of a weight count (ip_vs_mh.c). */
export const MAGLEV_PLACES = 4093;
const MAGLEV_BITS = 6;

/** The turns of each server in a round of mh: its weight divided by the common divisor, and made small enough. */
export function maglevTurns(weights: readonly number[]): readonly number[] {
  const divisor = commonDivisor(weights) || 1;
  const most = weights.reduce((max, weight) => Math.max(max, weight), 0) / divisor;
  const shift = Math.max(0, 32 - Math.clz32(most) - MAGLEV_BITS);
  return weights.map((weight) => (weight / divisor) >> shift || (weight > 0 ? 1 : 0));
}

/** Each turn takes one free place, wherever it is: the permutations decide which, not how many. */
function maglevPlaces(weights: readonly number[]): readonly number[] {
  const turns = maglevTurns(weights);
  const round = turns.reduce((sum, each) => sum + each, 0);
  if (round === 0) return turns;
  let rest = MAGLEV_PLACES % round;
  return turns.map((each) => {
    const last = Math.min(each, rest);
    rest -= last;
    return each * Math.floor(MAGLEV_PLACES / round) + last;
  });
}

/**
 * The place of a client in the table of sh, as kernels compute it. Both count: the hash was a plain product before it
 * became hash_32, and distributions port such changes back.
 */
export const SOURCE_HASHES: readonly ((address: string) => number)[] = [
  (address) => Math.imul(foldedAddress(address), 0x61c88647) >>> 24,
  (address) => Math.imul(foldedAddress(address), 0x9e3779b1) & 0xff,
];
