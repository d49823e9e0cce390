import type { VirtualService } from '../model/service.ts';
import { cycleLength } from './cycle.ts';
import type { Expectation, PlannedServer } from './distribution-plan.ts';

/** What scheduler, weights and persistence of a running service lead one to expect. */
export function expectationOf(service: VirtualService, servers: readonly PlannedServer[]): Expectation {
  const weights = servers.map(({ weight }) => weight);
  if (weights.every((weight) => weight === 0))
    return { kind: 'unknown', why: 'no server of it takes connections' };
  switch (service.scheduler.value) {
    case 'rr':
      return { kind: 'cycle', weights: weights.map((weight) => Math.min(weight, 1)) };
    case 'wrr':
      return { kind: 'cycle', weights };
    default:
      return { kind: 'unknown', why: `nobody can foretell what ${service.scheduler.value} does` };
  }
}

/** How many connections it takes to find a skew of a tenth, where everything is fair else. */
export function neededFor(expectation: Expectation): number {
  switch (expectation.kind) {
    case 'cycle':
      return cyclesFor(expectation.weights);
    default:
      return 0;
  }
}

/** A skew of a tenth: some server gets this much more, or less, of its share. */
export const SKEW = 0.1;

/** A deviation of a tenth has to be more than the bounds leave free at the ends, for each server that has a share. */
function cyclesFor(weights: readonly number[]): number {
  const cycle = cycleLength(weights);
  const cycles = Math.ceil(2 / SKEW) + 2;
  return Math.max(40, cycles * cycle);
}
