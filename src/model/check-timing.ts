import type { Fact } from '../evidence/fact.ts';
import type { Checker, RealServer } from './service.ts';

/** Seconds: later than this, clients give up before a dead server is out. */
export const ADVISED_DETECTION = 15;

/** How long it may take until a check takes a dead server out, in seconds, and what takes most of it. */
export interface Detection {
  readonly seconds: number;
  readonly longest: Fact<number>;
  readonly checker: Checker;
}

/**
 * The worst case for one check: the machine dies right after a success and never answers again. One delay_loop, then
 * each try runs into its timeout, with a pause between two (keepalived's check_api.c, timing of retries).
 */
export function detectionOf(checker: Checker): Detection | undefined {
  const { kind, delayLoop, retry, delayBeforeRetry, connectTimeout, miscTimeout } = checker;
  // These two are told by the event itself.
  if (kind === 'FILE_CHECK' || kind === 'BFD_CHECK' || delayLoop === undefined) return undefined;
  // A script without a timeout is ended when the next check is due.
  const timeout = kind === 'MISC_CHECK' ? (miscTimeout ?? delayLoop) : connectTimeout;
  if (timeout === undefined) return undefined;
  const tries = retry?.value ?? 0;
  const parts: readonly (readonly [Fact<number>, number])[] = [
    [delayLoop, delayLoop.value],
    [timeout, timeout.value * (tries + 1)],
    ...(delayBeforeRetry === undefined ? [] : [[delayBeforeRetry, delayBeforeRetry.value * tries] as const]),
  ];
  const [longest] = parts.reduce((one, other) => (other[1] > one[1] ? other : one));
  return { seconds: parts.reduce((sum, [, seconds]) => sum + seconds, 0), longest, checker };
}

/** The fastest check of a server decides; undefined where one of them is told at once. */
export function fastestDetection({ checkers = [] }: RealServer): Detection | undefined {
  let fastest: Detection | undefined;
  for (const checker of checkers) {
    const detection = detectionOf(checker);
    if (detection === undefined) return undefined;
    if (fastest === undefined || detection.seconds < fastest.seconds) fastest = detection;
  }
  return fastest;
}
