import type { Course, Measure, MeasuredTest } from '../judge/verification.ts';
import { drawnRequests, phasesOf, spansOf } from './course.ts';
import type { Window } from './failover-window.ts';
import { type MeasuredServerFailure, measureServerFailure } from './judge-real-server.ts';
import { requestsIn } from './outage.ts';
import type { RealServerPlan } from './real-server-plan.ts';
import { seen } from './seen.ts';
import type { Timeline } from './timeline.ts';

/** The failure of a real server for reports. */
export function measuredRealServer(
  timeline: Timeline<RealServerPlan>,
): Omit<MeasuredTest, 'name' | 'test' | 'startedAt'> {
  const { plan } = timeline;
  const measured = measureServerFailure(timeline);
  return {
    about: `${plan.fault} of ${plan.server}, checked by ${plan.checker}`,
    measures: measured.fault === undefined ? [] : measuresOf(timeline, measured, measured.fault.at),
    shares: [],
    phases: phasesOf(timeline, measured.fault?.at, measured.undo?.at),
    course: courseOf(timeline, measured),
  };
}

function measuresOf(
  timeline: Timeline<RealServerPlan>,
  { removals, comebacks, undo, failed, opened, broken }: MeasuredServerFailure,
  fault: number,
): readonly Measure[] {
  const { plan } = timeline;
  const change = (
    what: string,
    window: Window,
    since: number,
    seenAt: { at: number; within: number } | undefined,
  ): Measure => ({
    what,
    unit: 'milliseconds',
    expected: { least: window.earliest, most: window.latest },
    ...(seenAt && { measured: seenAt.at - since, within: seenAt.within }),
  });
  const requests = {
    unit: 'requests',
    of: requestsIn(timeline).filter(({ at }) => at >= fault).length,
  } as const;
  return [
    ...plan.directors.flatMap((director) => [
      change(`${director} takes it out`, plan.removal, fault, removals.get(director)),
      ...(undo === undefined
        ? []
        : [change(`${director} puts it back`, plan.comeback, undo.at, comebacks.get(director))]),
    ]),
    { ...requests, what: 'failed until it is out', measured: failed.whileIn },
    {
      ...requests,
      what: 'failed when it is out',
      expected: { most: 0 },
      measured: failed.whenOut.length,
    },
    ...(opened === 0
      ? []
      : [
          {
            what: 'others that survive',
            unit: 'connections' as const,
            expected: { least: opened },
            measured: opened - broken,
            of: opened,
          },
        ]),
  ];
}

const LEAD = 2000;

function courseOf(
  timeline: Timeline<RealServerPlan>,
  { fault, undo, removals, comebacks, end }: MeasuredServerFailure,
): Course {
  const { plan, moments } = timeline;
  const from = Math.max(0, (fault?.at ?? 0) - LEAD);
  const [first] = plan.directors;
  const mark = (what: string, done: { readonly at: number } | undefined) =>
    done === undefined ? [] : [{ at: done.at, what }];
  const tables = seen('table', moments).filter(({ service }) => service === plan.service.label);
  return {
    from,
    to: end.at,
    requests: drawnRequests(timeline).filter(({ at }) => at >= from),
    marks: [
      ...mark('fault', fault),
      ...mark('taken out', removals.get(first ?? '')),
      ...mark('undo', undo),
      ...mark('put back', comebacks.get(first ?? '')),
    ],
    lanes: plan.directors.flatMap((director) => {
      const looks = tables
        .filter(({ host }) => host === director)
        .map(({ at, servers }) => ({
          at,
          isSo: servers.some(({ server, weight }) => server === plan.server && weight > 0),
        }));
      if (looks.length === 0) return [];
      const spans = spansOf(looks, end.at).flatMap(({ from: start, to }) =>
        to > from ? [{ from: Math.max(start, from), to }] : [],
      );
      return [{ label: `${director} sends to it`, isWrong: false, spans }];
    }),
  };
}
