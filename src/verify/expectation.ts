import { granularityPrefix } from '../model/granularity.ts';
import type { VirtualService } from '../model/service.ts';
import { cycleLength } from './cycle.ts';
import type { Expectation, PlannedServer, ServicePlan } from './distribution-plan.ts';
import { HELD_SCHEDULERS, type HeldScheduler } from './held-load.ts';
import { trialsFor } from './multinomial.ts';
import { sharesOf } from './shares.ts';

/** What scheduler, flags and persistence of a running service lead one to expect. */
export function expectationOf(service: VirtualService, servers: readonly PlannedServer[]): Expectation {
  const scheduler = service.scheduler.value;
  if (servers.every(({ weight }) => weight === 0)) return unknown('no server of it takes connections');
  if (service.realServers.some(({ upperThreshold }) => (upperThreshold?.value ?? 0) > 0))
    return unknown('servers with an upper threshold stop taking connections at some load');
  const whole = service.endpoints[0]?.family === 6 ? 128 : 32;
  if (service.persistence !== undefined && service.onePacket?.value !== true) {
    const { granularity } = service;
    const prefix = granularity === undefined ? whole : granularityPrefix(service, granularity.value);
    if (prefix === undefined) return unknown('its granularity is no prefix of an address');
    return isShare(scheduler)
      ? { kind: 'clients', by: scheduler, prefix, persistent: true }
      : unknown(`with persistence ${scheduler} depends on what other clients have open`);
  }
  switch (scheduler) {
    case 'rr':
    case 'wrr':
      return { kind: 'cycle', by: scheduler };
    case 'sh':
    case 'mh':
      return hasPorts(service)
        ? { kind: 'connections', by: scheduler }
        : { kind: 'clients', by: scheduler, prefix: whole, persistent: false };
    case 'fo':
      return { kind: 'one', of: 'heaviest' };
    // One address is one destination, whichever server it falls to.
    case 'dh':
      return { kind: 'one', of: 'any' };
    default:
      if (isHeld(scheduler) && service.onePacket?.value !== true) return { kind: 'held', by: scheduler };
      return unknown(`nobody can foretell what ${scheduler === '' ? 'its scheduler' : scheduler} does`);
  }
}

function unknown(why: string): Expectation {
  return { kind: 'unknown', why };
}

const SHARES = ['rr', 'wrr', 'sh', 'mh'] as const;

function isShare(scheduler: string): scheduler is (typeof SHARES)[number] {
  return SHARES.some((known) => known === scheduler);
}

function isHeld(scheduler: string): scheduler is HeldScheduler {
  return HELD_SCHEDULERS.some((known) => known === scheduler);
}

/** sh-port and mh-port put the port into the hash (ipvsadm(8), --sched-flags). */
function hasPorts({ schedulerFlags }: VirtualService): boolean {
  return schedulerFlags.some(({ value }) => /^(?:[sm]h-port|flag-2)$/.test(value));
}

/** A skew of a tenth: some server gets this much more of its share. */
const SKEW = 0.1;

/** What of a service is counted, and how many of it find a skew of a tenth where all else is fair. */
export function sampleFor(
  expectation: Expectation,
  weights: readonly number[],
): Pick<ServicePlan, 'unit' | 'needed'> {
  switch (expectation.kind) {
    case 'cycle':
      return { unit: 'connections', needed: cyclesFor(expectation.by, weights) };
    case 'connections':
      return { unit: 'connections', needed: trialsFor(sharesOf(expectation.by, weights), SKEW) };
    case 'clients':
      return { unit: 'client addresses', needed: trialsFor(sharesOf(expectation.by, weights), SKEW) };
    case 'one':
      return { unit: 'connections', needed: 20 };
    case 'held':
      return { unit: 'open connections', needed: heldFor(expectation.by, sharesOf('wrr', weights)) };
    case 'unknown':
      return { unit: 'connections', needed: 0 };
  }
}

/** So many that a tenth of the smallest share is more than the ends of a cycle leave open. */
function cyclesFor(by: 'rr' | 'wrr' | 'sh' | 'mh', weights: readonly number[]): number {
  const cycle = cycleLength(by === 'rr' ? weights.map((weight) => Math.min(weight, 1)) : weights);
  return Math.max(40, Math.ceil(2 / SKEW + 2) * cycle);
}

/**
 * So many that a tenth of the smallest share is three connections: one or two depend on what was open before. Where two
 * choices leave more to chance, it is twenty (played through for two to six servers).
 */
function heldFor(scheduler: HeldScheduler, shares: readonly number[]): number {
  const least = shares.reduce((min, share) => (share > 0 ? Math.min(min, share) : min), 1);
  return Math.ceil((scheduler === 'twos' ? 20 : 3) / SKEW / least);
}
