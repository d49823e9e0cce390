import type { RealServer, VirtualService } from './service.ts';
import { usesCheck } from './service-traits.ts';

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
export function hasDynamicWeights(service: VirtualService): boolean {
  return usesCheck(service, 'FILE_CHECK', 'MISC_CHECK') && service.realServers.some(setsItsWeight);
}

function setsItsWeight({ checkers }: RealServer): boolean {
  return (
    checkers?.some(({ kind, miscDynamic }) => kind === 'FILE_CHECK' || miscDynamic?.value === true) === true
  );
}

/** The table of a hash scheduler: its places, and how many the weights ask for. */
export interface HashTable {
  readonly places: number;
  readonly asked: number;
}

/** Kconfig: IP_VS_SH_TAB_BITS 8; IP_VS_MH_TAB_INDEX 12, the prime 4093. Only mh divides the weights first (ip_vs_mh.c). */
export function hashTableOf(service: VirtualService): HashTable | undefined {
  if (service.scheduler.value === 'sh') return { places: 256, asked: totalWeight(service) };
  if (service.scheduler.value !== 'mh') return undefined;
  const divisor = commonDivisor(service.realServers.map(({ weight }) => weight.value));
  return { places: 4093, asked: totalWeight(service) / divisor };
}
