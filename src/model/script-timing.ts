import type { Fact } from '../evidence/fact.ts';
import type { TrackScript } from './vrrp.ts';

/** Why a script says late that a service is dead. */
export interface Lateness {
  readonly at: Fact<number>;
  /** Follows the name of the script. */
  readonly what: string;
  readonly severity: 'warning' | 'info';
}

/** Of a script that may outlast its interval only that is told: keepalived skips runs while one hangs. */
export function latenessOf(
  { interval, timeout, fall }: TrackScript,
  { warnAbove, adviseAbove }: { readonly warnAbove: number; readonly adviseAbove: number },
): Lateness | undefined {
  const hangs = timeout !== undefined && timeout.value >= interval.value;
  const seconds = fall.value * (hangs ? timeout.value : interval.value);
  const severity = seconds <= warnAbove ? 'info' : 'warning';
  if (hangs)
    return {
      at: timeout,
      what: `may take ${timeout.value} s, and is due every ${interval.value} s: keepalived skips runs while one hangs`,
      severity,
    };
  if (seconds <= Math.min(adviseAbove, warnAbove)) return undefined;
  return {
    at: fall.basis === 'default' ? interval : fall,
    what: `needs ${seconds} s to call the service dead: ${fall.value > 1 ? `${fall.value} failures, one` : 'it runs'} every ${interval.value} s`,
    severity,
  };
}
