import type { Share } from './distribution-plan.ts';
import { placesOf } from './hash-table.ts';

/** The share that each server has, in the order of the kernel's list: of connections, or of clients. */
export function sharesOf(by: Share, weights: readonly number[]): readonly number[] {
  const parts = partsOf(by, weights);
  // A place of the table whose server has weight 0 refuses its clients.
  const taken = parts.map((part, at) => ((weights[at] ?? 0) > 0 ? part : 0));
  const sum = taken.reduce((total, part) => total + part, 0);
  return taken.map((part) => (sum === 0 ? 0 : part / sum));
}

function partsOf(by: Share, weights: readonly number[]): readonly number[] {
  if (by === 'rr') return weights.map((weight) => Math.min(weight, 1));
  return by === 'wrr' ? weights : placesOf(by, weights);
}
