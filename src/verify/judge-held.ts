import type { ServicePlan } from './distribution-plan.ts';
import { type HeldScheduler, type Load, spreadHeld } from './held-load.ts';
import { FALSE_ALARM } from './multinomial.ts';
import { seededRandom } from './random.ts';
import type { ServiceRun } from './service-run.ts';
import {
  fairest,
  indexOfMost,
  isDrowned,
  otherClients,
  percent,
  type ShareVerdict,
  skewedBy,
  tooFew,
  wholeNumbers,
} from './share-verdict.ts';

/** Chance is played through so often, from one seed, that the limit of FALSE_ALARM is among its results. */
const PLAYS = 4999;
const SEED = 6;

/** Connections that stay open fall as the scheduler's own rule says; closing ones from before may decide between equals. */
export function judgeHeld(scheduler: HeldScheduler, plan: ServicePlan, run: ServiceRun): ShareVerdict {
  const held = run.own;
  if (scheduler === 'twos') return byTwoChoices(playTwos(run.servers, held), plan, run);
  const none = () => 0;
  const withRest = spreadHeld(scheduler, run.servers, held, none);
  const without = spreadHeld(
    scheduler,
    run.servers.map((server) => ({ ...server, inactive: 0 })),
    held,
    none,
  );
  const bounds = run.servers.map(({ weight }, at) => {
    const [one = 0, other = 0] = [withRest[at], without[at]];
    const free = weight === 0 ? 0 : 1;
    return {
      least: Math.max(0, Math.min(one, other) - free),
      most: Math.max(one, other) + free + run.foreign,
    };
  });
  const off = run.servers.map(({ count }, at) => {
    const { least, most } = bounds[at] ?? { least: 0, most: 0 };
    return Math.max(least - count, count - most, 0);
  });
  const worst = indexOfMost(off);
  if ((off[worst] ?? 0) > 0)
    return { kind: 'skewed', worst, expected: `${bounds[worst]?.least} to ${bounds[worst]?.most}` };
  if (isDrowned(run)) return { kind: 'unclear', why: otherClients(run) };
  if (held < plan.needed) return { kind: 'unclear', why: tooFew(plan, held) };
  return { kind: 'sound', why: `${held} open connections lie as ${scheduler} lays them` };
}

/** What chance does with so many connections that twos puts on these servers, played through. */
export interface Plays {
  readonly means: readonly number[];
  /** How far each play is off its own mean, the nearest first. */
  readonly distances: Float64Array;
}

/** Plays twos through, always with the same numbers: the same timeline is always judged in the same way. */
export function playTwos(loads: readonly Load[], held: number): Plays {
  const random = seededRandom(SEED);
  const plays = Array.from({ length: PLAYS }, () => spreadHeld('twos', loads, held, random));
  const means = loads.map((_, at) => plays.reduce((sum, play) => sum + (play[at] ?? 0), 0) / PLAYS);
  return { means, distances: Float64Array.from(plays, (play) => distanceOf(play, means)).sort() };
}

function distanceOf(counts: readonly number[], means: readonly number[]): number {
  return counts.reduce(
    (sum, count, at) => sum + (count - (means[at] ?? 0)) ** 2 / ((means[at] ?? 0) || 1e-9),
    0,
  );
}

/** Judges twos by what chance does with it. */
export function byTwoChoices({ means, distances }: Plays, plan: ServicePlan, run: ServiceRun): ShareVerdict {
  const held = run.own;
  const own = wholeNumbers(
    fairest(
      means,
      run.servers.map(({ count }) => [Math.max(0, count - run.foreign), count]),
    ),
    held,
  );
  const seen = distanceOf(own, means) - 1e-9;
  const probability = (1 + distances.length - firstAtLeast(distances, seen)) / (distances.length + 1);
  if (probability < FALSE_ALARM) {
    const shares = means.map((mean) => mean / held);
    return skewedBy(own, shares, held, probability);
  }
  if (isDrowned(run)) return { kind: 'unclear', why: otherClients(run) };
  if (held < plan.needed) return { kind: 'unclear', why: tooFew(plan, held) };
  return { kind: 'sound', why: `two choices are as far off in ${percent(probability)} of such runs` };
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
