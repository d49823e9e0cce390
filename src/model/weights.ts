import type { RealServer, VirtualService } from './service.ts';

/** The weights of all servers together, as written; NaN where one is not known. */
export function totalWeight({ realServers }: VirtualService): number {
  let total = 0;
  for (const { weight } of realServers) total += weight.value;
  return total;
}

/** The number of shares that a scheduler deals out: weights of 6, 4 and 2 are shares of 3, 2 and 1. */
export function commonDivisor(weights: readonly number[]): number {
  return weights.reduce((one, other) => {
    let [left, right] = [one, other];
    while (right > 0) [left, right] = [right, left % right];
    return left;
  }, 0);
}

/** True where a check sets weights while the service runs: what is written is only where they start. */
export function hasDynamicWeights({ realServers }: VirtualService): boolean {
  return realServers.some(setsItsWeight);
}

function setsItsWeight({ checkers }: RealServer): boolean {
  return (
    checkers?.some(({ kind, miscDynamic }) => kind === 'FILE_CHECK' || miscDynamic?.value === true) === true
  );
}
