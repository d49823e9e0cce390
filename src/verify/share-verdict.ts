import type { ServicePlan } from './distribution-plan.ts';
import type { ServiceRun } from './service-run.ts';

/** What came of one service's shares. */
export type ShareVerdict =
  | { readonly kind: 'sound'; readonly why: string }
  /** The server that is furthest off, and what it was to have. */
  | { readonly kind: 'skewed'; readonly worst: number; readonly expected: string; readonly odds?: string }
  | { readonly kind: 'unclear'; readonly why: string };

/** Of all that was counted, what other clients may have at most so that a skew of a tenth still shows. */
const MOST_FOREIGN = 0.05;

/** True where other clients may have too much of what was counted. */
export function isDrowned({ foreign, total }: ServiceRun): boolean {
  return foreign > MOST_FOREIGN * total;
}

/**
 * Of all counts that the bounds allow and that add up to what was expected, those nearest to it: nobody is accused of what
 * other clients may have done.
 */
export function fairest(
  expected: readonly number[],
  bounds: readonly (readonly [number, number])[],
): readonly number[] {
  const total = expected.reduce((sum, each) => sum + each, 0);
  const at = (factor: number) =>
    expected.map((each, n) => Math.min(bounds[n]?.[1] ?? 0, Math.max(bounds[n]?.[0] ?? 0, each * factor)));
  let [low, high] = [0, total + 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (at(middle).reduce((sum, each) => sum + each, 0) < total) low = middle;
    else high = middle;
  }
  // A server that was to get nothing has no factor to be raised by.
  return at(high);
}

/** Rounds to whole numbers with a given sum, those with the largest rest up. */
export function wholeNumbers(values: readonly number[], total: number): readonly number[] {
  const floors = values.map(Math.floor);
  let missing = total - floors.reduce((sum, each) => sum + each, 0);
  const byRest = values
    .map((value, at) => ({ at, rest: value - Math.floor(value) }))
    .toSorted((one, other) => other.rest - one.rest);
  for (const { at } of byRest) {
    if (missing <= 0) break;
    floors[at] = (floors[at] ?? 0) + 1;
    missing--;
  }
  return floors;
}

/** The verdict on counts that chance does not explain, by the server that is furthest off; it is told in connections. */
export function skewedBy(
  counts: readonly number[],
  shares: readonly number[],
  total: number,
  probability: number,
  connections = total,
): ShareVerdict {
  const off = counts.map((count, at) => {
    const expected = (shares[at] ?? 0) * total;
    return (count - expected) ** 2 / Math.max(expected, 1e-9);
  });
  const worst = indexOfMost(off);
  return {
    kind: 'skewed',
    worst,
    expected: `about ${Math.round((shares[worst] ?? 0) * connections)}`,
    odds: oddsOf(probability),
  };
}

/** `1 of 20,000 runs` */
function oddsOf(probability: number): string {
  const runs = Math.round(1 / Math.max(probability, 1e-9));
  return `1 of ${runs > 1_000_000 ? 'a million' : runs.toLocaleString('en')} runs`;
}

/** `12 %`, `0.4 %` */
export function percent(probability: number): string {
  return `${probability >= 0.1 ? Math.round(probability * 100) : (probability * 100).toFixed(1)} %`;
}

/** Why nothing is said: too much of what was counted may be other clients'. */
export function otherClients({ foreign, total }: ServiceRun): string {
  return `${foreign} of ${total} connections may be other clients', too many to see a skew of a tenth`;
}

/** Why nothing is said: a skew of a tenth does not show in so few. */
export function tooFew({ needed, unit }: ServicePlan, had: number): string {
  return `it takes ${needed} ${unit} to see a skew of a tenth, these were ${Math.round(had)}; they show none`;
}

/** The first of the largest. */
export function indexOfMost(values: readonly number[]): number {
  return values.reduce((best, value, at) => (value > (values[best] ?? 0) ? at : best), 0);
}
