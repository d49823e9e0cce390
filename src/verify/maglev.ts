import { foldedAddress } from './folded-address.ts';
import { MAGLEV_PLACES, maglevTurns } from './hash-table.ts';

/** A real server as mh hashes it. */
export interface HashedServer {
  readonly address: string;
  readonly port: number;
  readonly weight: number;
}

/** The two secrets of mh are the same on every host (ip_vs_mh.c, generate_hash_secret). */
const PLACE_KEY = 2654435761n;
const SKIP_KEY = 2654446892n;

/** The table of mh: every server takes free places along a way of its own, as many in a row as it has turns. */
export function maglevTable(servers: readonly HashedServer[]): Int32Array {
  const turns = maglevTurns(servers.map(({ weight }) => weight));
  const table = new Int32Array(MAGLEV_PLACES).fill(-1);
  if (turns.every((each) => each === 0)) return table;
  const ways = servers.map(({ address, port }) => {
    const value = (foldedAddress(address) + port) >>> 0;
    return {
      place: hashOf(value, PLACE_KEY) % MAGLEV_PLACES,
      skip: (hashOf(value, SKIP_KEY) % (MAGLEV_PLACES - 1)) + 1,
    };
  });
  for (let filled = 0; ; ) {
    for (const [at, way] of ways.entries())
      for (let turn = 0; turn < (turns[at] ?? 0); turn++) {
        while (table[way.place] !== -1) way.place = (way.place + way.skip) % MAGLEV_PLACES;
        table[way.place] = at;
        if (++filled === MAGLEV_PLACES) return table;
      }
  }
}

/** The place of a client in the table of mh. */
export function maglevPlace(address: string): number {
  return hashOf(foldedAddress(address), PLACE_KEY) % MAGLEV_PLACES;
}

const WORD = (1n << 64n) - 1n;

/** hsiphash_1u32 of a kernel of 64 bits: SipHash-1-3 with both halves of the key alike, cut to 32 bits (lib/siphash.c). */
function hashOf(value: number, key: bigint): number {
  const state = [0x736f6d6570736575n, 0x646f72616e646f6dn, 0x6c7967656e657261n, 0x7465646279746573n].map(
    (word) => word ^ key,
  ) as Words;
  const block = (4n << 56n) | BigInt(value);
  state[3] ^= block;
  round(state);
  state[0] ^= block;
  state[2] ^= 0xffn;
  for (let n = 0; n < 3; n++) round(state);
  return Number((state[0] ^ state[1] ^ state[2] ^ state[3]) & 0xffffffffn);
}

type Words = [bigint, bigint, bigint, bigint];

function round(v: Words): void {
  v[0] = (v[0] + v[1]) & WORD;
  v[1] = rotated(v[1], 13n) ^ v[0];
  v[0] = rotated(v[0], 32n);
  v[2] = (v[2] + v[3]) & WORD;
  v[3] = rotated(v[3], 16n) ^ v[2];
  v[0] = (v[0] + v[3]) & WORD;
  v[3] = rotated(v[3], 21n) ^ v[0];
  v[2] = (v[2] + v[1]) & WORD;
  v[1] = rotated(v[1], 17n) ^ v[2];
  v[2] = rotated(v[2], 32n);
}

function rotated(word: bigint, bits: bigint): bigint {
  return ((word << bits) | (word >> (64n - bits))) & WORD;
}
