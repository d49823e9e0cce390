import type { Fact } from '../evidence/fact.ts';
import { lackOf } from './check-lack.ts';
import type { Checker, RealServer } from './service.ts';

/** Seconds: later than this, clients give up before a dead server is out. */
export const ADVISED_DETECTION = 15;

/**
 * How long it may take until a check takes a dead server out, in seconds. The worst case: the machine dies right after
 * a success and never answers again. One delay_loop, then each try runs into its timeout, with a pause between two
 * (keepalived's check_api.c, timing of retries). Undefined for checks that the event itself tells.
 */
export function detectionTime(checker: Checker): number | undefined {
  const { delayLoop, retry, delayBeforeRetry } = checker;
  const timeout = timeoutOf(checker);
  if (timeout === undefined || delayLoop === undefined) return undefined;
  const retries = retry?.value ?? 0;
  return delayLoop.value + timeout.value * (retries + 1) + (delayBeforeRetry?.value ?? 0) * retries;
}

/** What takes most of that time. */
export function longestPart(checker: Checker): Fact<number> | undefined {
  const { delayLoop, retry, delayBeforeRetry } = checker;
  const timeout = timeoutOf(checker);
  if (timeout === undefined || delayLoop === undefined) return undefined;
  const retries = retry?.value ?? 0;
  const tries = timeout.value * (retries + 1);
  const pauses = (delayBeforeRetry?.value ?? 0) * retries;
  if (delayBeforeRetry !== undefined && pauses > tries && pauses > delayLoop.value) return delayBeforeRetry;
  return tries > delayLoop.value ? timeout : delayLoop;
}

/**
 * The check of a server that takes it out first; undefined where one of them is told at once. One that keepalived drops
 * takes nothing out.
 */
export function fastestCheck({ checkers = [] }: RealServer): Checker | undefined {
  let fastest: Checker | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const checker of checkers) {
    const time = detectionTime(checker);
    if (time === undefined) return undefined;
    if (time < least && lackOf(checker) === undefined) {
      least = time;
      fastest = checker;
    }
  }
  return fastest;
}

/** How long one try may take; a script without a timeout is ended when the next check is due. */
function timeoutOf({ kind, delayLoop, miscTimeout, connectTimeout }: Checker): Fact<number> | undefined {
  if (kind === 'FILE_CHECK' || kind === 'BFD_CHECK') return undefined;
  return kind === 'MISC_CHECK' ? (miscTimeout ?? delayLoop) : connectTimeout;
}
