import { type Seen, seen } from './seen.ts';
import type { Timeline } from './timeline.ts';

/** A request of a client; `at` is its start. */
export type Request = Seen<'request'>;

/** A time in which a client was not served as usual. */
export interface Outage {
  readonly service: string;
  /** The start of the first request that went wrong, and its number among the moments. */
  readonly from: number;
  readonly moment: number;
  /** The start of the first of several good ones in a row; undefined where none came. */
  readonly to: number | undefined;
  /** Refused, reset or unreachable. */
  readonly failed: number;
  /** No answer at all, or one that took longer than a first packet that is sent again (RFC 6298: 1 s). */
  readonly hung: number;
}

/** So many good ones in a row end an outage: between two nodes that both answer, single ones get through. */
const GOOD_IN_A_ROW = 3;
/** Milliseconds. A lost first packet is sent again after 1 s (RFC 6298, section 2). */
export const RETRANSMISSION = 1000;

/** The requests of a timeline in the order of their starts. */
export function requestsIn({ moments }: Timeline): readonly Request[] {
  return seen('request', moments).toSorted((one, other) => one.at - other.at);
}

export function isGood({ outcome, milliseconds }: Request): boolean {
  return outcome === 'answered' && milliseconds < RETRANSMISSION;
}

/** Every outage of one service. */
export function outagesOf(service: string, requests: readonly Request[]): readonly Outage[] {
  const outages: Outage[] = [];
  let current: { from: number; moment: number; failed: number; hung: number } | undefined;
  let good: number[] = [];
  for (const request of requests) {
    if (request.service !== service) continue;
    if (!isGood(request)) {
      good = [];
      current ??= { from: request.at, moment: request.moment, failed: 0, hung: 0 };
      if (request.outcome === 'timeout' || request.outcome === 'answered') current.hung++;
      else current.failed++;
      continue;
    }
    if (current === undefined) continue;
    good.push(request.at);
    if (good.length < GOOD_IN_A_ROW) continue;
    outages.push({ service, ...current, to: good[0] });
    current = undefined;
    good = [];
  }
  // Where the last requests were good, but too few of them came to tell, they are taken for the end.
  if (current !== undefined) outages.push({ service, ...current, to: good[0] });
  return outages;
}

/** Milliseconds; up to `end` where it did not end. */
export function lengthOf({ from, to }: Outage, end: number): number {
  return (to ?? end) - from;
}

/** The longest time between two answers to any client from one moment to another. */
export function longestSilence(requests: readonly Request[], from: number, to: number): number {
  const answers = requests
    .flatMap(({ at, milliseconds, outcome }) => (outcome === 'answered' ? [at + milliseconds] : []))
    .filter((at) => at > from && at < to)
    .toSorted((one, other) => one - other);
  let [longest, before] = [0, from];
  for (const at of [...answers, to]) {
    longest = Math.max(longest, at - before);
    before = at;
  }
  return longest;
}

/** The middle one and the worst of several runs. */
export function medianAndWorst(
  values: readonly number[],
): { readonly median: number; readonly worst: number } | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  const worst = sorted.at(-1);
  if (low === undefined || high === undefined || worst === undefined) return undefined;
  return { median: (low + high) / 2, worst };
}
