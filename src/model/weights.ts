import type { Located } from '../evidence/fact.ts';
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

const HASH_SCHEDULERS = new Set(['sh', 'mh']);

/** True for a scheduler that sends each client address to one server by itself. */
export function hashesSource({ scheduler }: VirtualService): boolean {
  return HASH_SCHEDULERS.has(scheduler.value);
}

/** The table of a hash scheduler: its places, and how many the weights ask for. */
export interface HashTable {
  readonly places: number;
  readonly asked: number;
}

/** Kconfig: IP_VS_SH_TAB_BITS 8; IP_VS_MH_TAB_INDEX 12, the prime 4093. Only mh divides the weights first (ip_vs_mh.c). */
export function hashTableOf(service: VirtualService): HashTable | undefined {
  if (!hashesSource(service)) return undefined;
  const weights = service.realServers.map(({ weight }) => weight.value);
  const asked = totalWeight(service);
  if (service.scheduler.value === 'mh') return { places: 4093, asked: asked / commonDivisor(weights) };
  return { places: 256, asked };
}

/** True where one server gets all places: sh deals them out one server after the other (ip_vs_sh.c). */
export function fillsFromOne({ scheduler, realServers }: VirtualService, { places }: HashTable): boolean {
  return scheduler.value === 'sh' && realServers.every(({ weight }) => weight.value >= places);
}

/** What makes a server of a hash scheduler refuse its clients although others are free. */
export interface Refusal {
  readonly server: RealServer;
  readonly at: Located;
  readonly when: 'down' | 'overloaded';
}

/** The first server that may stay in the table without taking connections. */
export function refusalOf({ realServers }: VirtualService): Refusal | undefined {
  for (const server of realServers) {
    const { inhibitOnFailure, upperThreshold } = server;
    if (inhibitOnFailure?.value === true) return { server, at: inhibitOnFailure, when: 'down' };
    if (upperThreshold !== undefined && upperThreshold.value > 0)
      return { server, at: upperThreshold, when: 'overloaded' };
  }
  return undefined;
}

/** The lightest and the heaviest server that take connections, the first of equal ones; undefined where none does. */
export function extremesOf({ realServers }: VirtualService): readonly [RealServer, RealServer] | undefined {
  let light: RealServer | undefined;
  let heavy: RealServer | undefined;
  for (const server of realServers) {
    const weight = server.weight.value;
    if (weight > 0 && (light === undefined || weight < light.weight.value)) light = server;
    if (weight > 0 && (heavy === undefined || weight > heavy.weight.value)) heavy = server;
  }
  return light && heavy && [light, heavy];
}
