import type { Fact } from '../evidence/fact.ts';
import { lackOf } from './check-lack.ts';
import type { ServerCheck } from './server-check.ts';
import type { Checker, RealServer, VirtualService } from './service.ts';

/** Seconds: later than this, clients give up before a dead server is out. */
const ADVISED_DETECTION = 25;

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

/** The server of a service that keeps its clients for the longest time when it dies; undefined where it has no other. */
export function slowestDetection({
  realServers,
}: VirtualService): (ServerCheck & { readonly time: number }) | undefined {
  let slowest: (ServerCheck & { readonly time: number }) | undefined;
  if (realServers.length < 2) return undefined;
  for (const server of realServers) {
    const checker = fastestCheck(server);
    const time = (checker && detectionTime(checker)) ?? 0;
    if (checker !== undefined && time > (slowest?.time ?? 0)) slowest = { server, checker, time };
  }
  return slowest;
}

/** True for a check that one lost packet makes fail: a single try of so many seconds at most. */
export function isHasty({ retry, connectTimeout }: Checker, timeout: number): boolean {
  return retry?.value === 0 && connectTimeout !== undefined && connectTimeout.value <= timeout;
}

/** True for a check that delays the next one when it hangs; where a dead server stays for long, that is told instead. */
export function outlastsItsLoop(checker: Checker): boolean {
  const { connectTimeout, delayLoop } = checker;
  if (connectTimeout === undefined || delayLoop === undefined) return false;
  return connectTimeout.value > delayLoop.value && (detectionTime(checker) ?? 0) <= ADVISED_DETECTION;
}

/** How long one try may take; a script without a timeout is ended when the next check is due. */
function timeoutOf({ kind, delayLoop, miscTimeout, connectTimeout }: Checker): Fact<number> | undefined {
  if (kind === 'FILE_CHECK' || kind === 'BFD_CHECK') return undefined;
  return kind === 'MISC_CHECK' ? (miscTimeout ?? delayLoop) : connectTimeout;
}
