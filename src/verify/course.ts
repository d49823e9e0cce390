import type { DrawnRequest, Lane, Phase } from '../judge/verification.ts';
import { isGood, type Request, requestsIn } from './outage.ts';
import type { Timeline } from './timeline.ts';

/** Every request as it is drawn; a slow one was answered when its first packet had been sent again. */
export function drawnRequests(timeline: Timeline): readonly DrawnRequest[] {
  return requestsIn(timeline).map((request) => ({
    at: request.at,
    milliseconds: request.milliseconds,
    state: isGood(request) ? 'good' : request.outcome === 'answered' ? 'slow' : 'failed',
  }));
}

/** How requests fared before, during and after what lies between two moments; parts without requests are left out. */
export function phasesOf(
  timeline: Timeline,
  fault: number | undefined,
  undo: number | undefined,
): readonly Phase[] {
  const requests = requestsIn(timeline);
  const [from, to] = [fault ?? Number.POSITIVE_INFINITY, undo ?? Number.POSITIVE_INFINITY];
  const part = (name: string, isIn: (at: number) => boolean) =>
    phaseOf(
      name,
      requests.filter(({ at }) => isIn(at)),
    );
  return [
    part('before the fault', (at) => at < from),
    part('during the fault', (at) => at >= from && at < to),
    part('after the undo', (at) => at >= to),
  ].filter((phase) => phase.requests > 0);
}

export function phaseOf(name: string, requests: readonly Request[]): Phase {
  const times = requests
    .filter(({ outcome }) => outcome === 'answered')
    .map(({ milliseconds }) => milliseconds)
    .toSorted((one, other) => one - other);
  const at = (part: number) => times[Math.max(0, Math.ceil(part * times.length) - 1)];
  const [median, most95, worst] = [at(0.5), at(0.95), at(1)];
  return {
    name,
    requests: requests.length,
    answered: times.length,
    latency:
      median === undefined || most95 === undefined || worst === undefined
        ? undefined
        : { median, most95, worst },
  };
}

/** From looks in order to the spans in which it was so; what was seen is taken to last until the next look. */
export function spansOf(
  looks: readonly { readonly at: number; readonly isSo: boolean }[],
  end: number,
): Lane['spans'] {
  const spans: { from: number; to: number }[] = [];
  let since: number | undefined;
  for (const { at, isSo } of looks) {
    if (isSo) since ??= at;
    else if (since !== undefined) {
      if (at > since) spans.push({ from: since, to: at });
      since = undefined;
    }
  }
  if (since !== undefined && end > since) spans.push({ from: since, to: end });
  return spans;
}
