import { chiSquareTail, logGamma } from './gamma.ts';

/** How likely counts at least as odd as these are where each trial falls to a class by its share. */
export interface Fit {
  readonly probability: number;
  readonly method: 'exact' | 'chi-square';
}

/** Beyond this all outcomes are too many to go through; chi-square is then near enough where each class expects enough. */
const MOST_OUTCOMES = 20_000;
const ENOUGH_EXPECTED = 5;

/**
 * Tests counts against shares: the exact multinomial test where all outcomes can be gone through, else Pearson's
 * chi-square. Undefined where neither holds: too many classes for too few trials.
 */
export function fitOf(counts: readonly number[], shares: readonly number[]): Fit | undefined {
  const kept = counts.map((count, at) => ({ count, share: shares[at] ?? 0 }));
  if (kept.some(({ count, share }) => share === 0 && count > 0)) return { probability: 0, method: 'exact' };
  const classes = kept.filter(({ share }) => share > 0);
  const total = classes.reduce((sum, { count }) => sum + count, 0);
  if (total === 0 || classes.length < 2) return { probability: 1, method: 'exact' };
  if (outcomesOf(total, classes.length) <= MOST_OUTCOMES)
    return { probability: exactTail(classes, total), method: 'exact' };
  const pooled = pool(classes, total);
  if (pooled === undefined) return undefined;
  return {
    probability: chiSquareTail(chiSquareOf(pooled, total), pooled.length - 1),
    method: 'chi-square',
  };
}

interface Class {
  readonly count: number;
  readonly share: number;
}

/** The ways to spread so many trials over so many classes, as far as they are few. */
function outcomesOf(total: number, classes: number): number {
  let ways = 1;
  for (let n = 1; n < classes; n++) {
    ways = (ways * (total + n)) / n;
    if (ways > MOST_OUTCOMES) return ways;
  }
  return ways;
}

/** The probability of all outcomes that are no likelier than this one. */
function exactTail(classes: readonly Class[], total: number): number {
  const logs = classes.map(({ share }) => Math.log(share));
  const factorials = Array.from({ length: total + 1 }, (_, n) => logGamma(n + 1));
  const termOf = (at: number, n: number) => n * (logs[at] ?? 0) - (factorials[n] ?? 0);
  const whole = factorials[total] ?? 0;
  const seen = classes.reduce((sum, { count }, at) => sum + termOf(at, count), whole);
  // Outcomes that are as likely by symmetry differ in the last digits.
  const limit = seen + 1e-9;
  let tail = 0;
  const spread = (at: number, left: number, log: number): void => {
    if (at === classes.length - 1) {
      const all = log + termOf(at, left);
      if (all <= limit) tail += Math.exp(all);
      return;
    }
    for (let n = 0; n <= left; n++) spread(at + 1, left - n, log + termOf(at, n));
  };
  spread(0, total, whole);
  return Math.min(1, tail);
}

function chiSquareOf(classes: readonly Class[], total: number): number {
  return classes.reduce((sum, { count, share }) => sum + (count - total * share) ** 2 / (total * share), 0);
}

/** Classes that expect too little become one, so that the approximation holds (Cochran's rule). */
function pool(classes: readonly Class[], total: number): readonly Class[] | undefined {
  const sorted = classes.toSorted((one, other) => one.share - other.share);
  const pooled: Class[] = [];
  let open: Class = { count: 0, share: 0 };
  for (const each of sorted) {
    open = { count: open.count + each.count, share: open.share + each.share };
    if (open.share * total < ENOUGH_EXPECTED) continue;
    pooled.push(open);
    open = { count: 0, share: 0 };
  }
  return pooled.length < 2 || open.share > 0 ? undefined : pooled;
}

/** A sound service is accused in fewer than one of so many runs; a skew of a tenth is missed in one of twenty at most. */
export const FALSE_ALARM = 0.001;
const MISSED = 0.05;

/**
 * So many trials find that some class gets a tenth more than its share, at the expense of all others: the smallest number
 * for which chi-square, with the noncentrality that such a skew of the lightest class has, passes its limit often enough.
 */
export function trialsFor(shares: readonly number[], skew: number): number {
  const least = shares.reduce((min, share) => (share > 0 ? Math.min(min, share) : min), 1);
  const classes = shares.filter((share) => share > 0).length;
  if (classes < 2) return 1;
  const effect = (skew * skew * least) / (1 - least);
  return Math.ceil(noncentralityFor(classes - 1) / effect);
}

/** The noncentrality with which chi-square passes the limit of FALSE_ALARM in all but MISSED of the runs. */
function noncentralityFor(freedom: number): number {
  const limit = rootOf((x) => FALSE_ALARM - chiSquareTail(x, freedom));
  return rootOf((lambda) => noncentralTail(limit, freedom, lambda) - (1 - MISSED));
}

/** The noncentral chi-square is a chi-square of freedom + 2j, with j as Poisson has it. */
function noncentralTail(x: number, freedom: number, lambda: number): number {
  const half = lambda / 2;
  let sum = 0;
  for (let j = 0; j < half + 12 * Math.sqrt(half + 1) + 20; j++) {
    const weight = Math.exp(j * Math.log(half || 1e-300) - half - logGamma(j + 1));
    sum += weight * chiSquareTail(x, freedom + 2 * j);
  }
  return sum;
}

/** Where a rising function passes 0, by halving. */
function rootOf(rising: (x: number) => number): number {
  let high = 1;
  while (rising(high) < 0) high *= 2;
  let low = 0;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}
