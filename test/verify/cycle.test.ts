import { describe, expect, test } from 'vitest';
import { cycleBounds, cycleLength } from '../../src/verify/cycle.ts';
import { judgeShares } from '../../src/verify/judge-shares.ts';
import { seededRandom } from '../../src/verify/random.ts';
import { SEED } from '../support/seed.ts';

const random = seededRandom(SEED);
const below = (limit: number) => Math.floor(random() * limit);

/** wrr by its own rule (ip_vs_wrr.c): the weight in question falls by the common divisor; each server of that weight has a turn. */
function* weightedRoundRobin(weights: readonly number[]): Generator<number> {
  const most = Math.max(...weights);
  const positive = weights.filter((weight) => weight > 0);
  const divisor = positive.reduce((one, other) => {
    let [left, right] = [one, other];
    while (right > 0) [left, right] = [right, left % right];
    return left;
  });
  for (let current = most; ; current = current - divisor > 0 ? current - divisor : most)
    for (const [at, weight] of weights.entries()) if (weight >= current) yield at;
}

function dealt(weights: readonly number[], before: number, total: number): number[] {
  const counts = weights.map(() => 0);
  const turns = weightedRoundRobin(weights);
  for (let skip = 0; skip < before; skip++) turns.next();
  for (let n = 0; n < total; n++) {
    const at = turns.next().value as number;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

describe('the bounds of a cycle', () => {
  test('hold whatever the weights, their order and the place in the cycle', () => {
    for (let run = 0; run < 2000; run++) {
      const weights = Array.from({ length: 1 + below(6) }, () => below(2 + below(30)));
      if (weights.every((weight) => weight === 0)) continue;
      const total = below(300);
      const counts = dealt(weights, below(1000), total);
      for (const [at, { least, most }] of cycleBounds(weights, total).entries()) {
        expect(counts[at], `${weights.join(':')}, ${total}`).toBeGreaterThanOrEqual(least);
        expect(counts[at], `${weights.join(':')}, ${total}`).toBeLessThanOrEqual(most);
      }
    }
  });

  test('leave nothing open for whole cycles', () => {
    expect(cycleLength([6, 2])).toBe(4);
    expect(cycleBounds([3, 1], 100)).toEqual([
      { least: 75, most: 75 },
      { least: 25, most: 25 },
    ]);
    expect(cycleBounds([1, 0, 1], 5)).toEqual([
      { least: 2, most: 3 },
      { least: 0, most: 0 },
      { least: 2, most: 3 },
    ]);
  });
});

/*
 * Other clients come at the same time; kernels from 6.2 on sum the counters of each server up at a moment of its own, so that
 * each lags by up to two seconds.
 */
describe('a judge of rr and wrr among other clients', () => {
  function runAmongOthers(weights: readonly number[], rate: number, own: number, wanted = weights) {
    const [first, last] = [5, 5 + own / 100 + 2.2];
    const others = Array.from({ length: Math.round(rate * (last + 3)) }, () => random() * (last + 3));
    const mine = Array.from({ length: own }, (_, at) => first + (at + random()) / 100);
    const events = [
      ...others.map((time) => ({ time, isMine: false })),
      ...mine.map((time) => ({ time, isMine: true })),
    ].sort((one, other) => one.time - other.time);
    const turns = weightedRoundRobin(weights);
    const times = weights.map((): number[] => []);
    for (const { time } of events) times[turns.next().value as number]?.push(time);
    const seenAt = (moment: number) =>
      weights.map((_, at) => {
        const lag = random() * 2;
        return (times[at] ?? []).filter((time) => time <= moment - lag).length;
      });
    const [early, before, after] = [seenAt(first - 2.2), seenAt(first), seenAt(last)];
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    const counts = after.map((count, at) => count - (before[at] ?? 0));
    const foreign = Math.max(0, sum(counts) - own);
    const servers = wanted.map((weight, at) => ({
      server: `s${at}`,
      weight,
      count: counts[at] ?? 0,
      active: 0,
      inactive: 0,
    }));
    return {
      requests: [],
      answered: own,
      own,
      servers,
      total: sum(counts),
      foreign,
      foreignRate: Math.max((sum(before) - sum(early)) / 2.2, foreign / (last - first)),
      lastCount: 0,
      tableAt: 0,
    };
  }

  const planOf = (weights: readonly number[], needed: number) => ({
    service: 'TCP 192.0.2.10:80',
    director: 'lb1',
    scheduler: 'wrr',
    servers: weights.map((weight, at) => ({ server: `s${at}`, weight })),
    expectation: { kind: 'cycle', by: 'wrr' } as const,
    unit: 'connections' as const,
    needed,
    units: needed,
    requests: needed,
    sources: [],
  });

  test('accuses nobody', () => {
    let accused = 0;
    for (let run = 0; run < 1000; run++) {
      const weights = Array.from({ length: 2 + below(3) }, () => 1 + below(4));
      const needed = 22 * cycleLength(weights);
      const seen = runAmongOthers(weights, below(2) * below(60), needed);
      if (seen.total < seen.own) continue;
      if (judgeShares(planOf(weights, needed), seen).kind === 'skewed') accused++;
    }
    expect(accused).toBeLessThanOrEqual(10);
  });

  test('finds a tenth more where nobody else comes', () => {
    for (const [really, wanted] of [
      [
        [11, 9],
        [1, 1],
      ],
      [
        [33, 7],
        [3, 1],
      ],
      [
        [22, 19, 19],
        [1, 1, 1],
      ],
    ] as const) {
      const needed = 22 * cycleLength(wanted);
      const seen = runAmongOthers(really, 0, needed, wanted);
      expect(judgeShares(planOf(wanted, needed), seen).kind).toBe('skewed');
    }
  });
});
