import type { Course, Lane, Measure, MeasuredTest } from '../judge/verification.ts';
import { drawnRequests, phasesOf, spansOf } from './course.ts';
import { clientOutages, type MeasuredFailover, measureFailover } from './failover-measure.ts';
import type { FailoverPlan } from './failover-plan.ts';
import { START_UP } from './judge-failover.ts';
import { RETRANSMISSION, requestsIn } from './outage.ts';
import { seen } from './seen.ts';
import type { Timeline } from './timeline.ts';

/** A failover for reports. */
export function measuredFailover(
  timeline: Timeline<FailoverPlan>,
): Omit<MeasuredTest, 'name' | 'test' | 'startedAt'> {
  const { plan } = timeline;
  const measured = measureFailover(timeline);
  return {
    about: `${plan.fault} of ${plan.master}, ${plan.successor} takes over`,
    measures: measured.fault === undefined ? [] : measuresOf(timeline, measured, measured.fault.at),
    shares: [],
    phases: phasesOf(timeline, measured.fault?.at, measured.undo?.at),
    course: courseOf(timeline, measured),
  };
}

function measuresOf(
  timeline: Timeline<FailoverPlan>,
  measured: MeasuredFailover,
  fault: number,
): readonly Measure[] {
  const { plan } = timeline;
  const { takeover, comeback, undo, outages, outagesAtReturn, connections, noMaster, twoMasters } = measured;
  const outage = clientOutages(timeline, measured);
  const bad = [...outages, ...outagesAtReturn];
  const ms = { unit: 'milliseconds' } as const;
  const requests = {
    unit: 'requests',
    of: requestsIn(timeline).filter(({ at }) => at >= fault).length,
  } as const;
  return [
    {
      ...ms,
      what: 'takeover',
      expected: { least: plan.takeover.earliest, most: plan.takeover.latest },
      ...(takeover && { measured: takeover.at - fault, within: takeover.within }),
    },
    ...(plan.services.length === 0
      ? []
      : [
          {
            ...ms,
            what: 'client outage',
            expected: { most: plan.takeover.latest + plan.advertInterval + RETRANSMISSION },
            measured: outage.fault,
          },
          { ...requests, what: 'requests that failed', measured: sum(bad.map(({ failed }) => failed)) },
          { ...requests, what: 'requests that hung', measured: sum(bad.map(({ hung }) => hung)) },
        ]),
    { ...ms, what: 'without a master', measured: noMaster },
    {
      ...ms,
      what: 'with two masters',
      ...(plan.fault !== 'isolate' && { expected: { most: plan.advertInterval } }),
      measured: twoMasters,
    },
    ...(plan.comeback === undefined && comeback === undefined
      ? []
      : [
          {
            ...ms,
            what: 'return',
            ...(plan.comeback && {
              expected: { least: plan.comeback.earliest, most: plan.comeback.latest + START_UP },
            }),
            ...(comeback && undo && { measured: comeback.at - undo.at, within: comeback.within }),
          },
        ]),
    ...(undo === undefined || plan.services.length === 0
      ? []
      : [
          {
            ...ms,
            what: 'outage at return',
            expected: { most: RETRANSMISSION },
            measured: outage.comeback,
          },
        ]),
    ...(connections === undefined
      ? []
      : [
          {
            what: 'connections that survive',
            unit: 'connections' as const,
            ...(plan.keepsConnections && { expected: { least: connections.opened } }),
            measured: connections.alive,
            of: connections.opened,
          },
        ]),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** A little before the fault, and to the end: looks and preparations before that are of no interest. */
const LEAD = 2000;

function courseOf(timeline: Timeline<FailoverPlan>, measured: MeasuredFailover): Course {
  const { fault, takeover, undo, comeback, end } = measured;
  const from = Math.max(0, (fault?.at ?? 0) - LEAD);
  const mark = (what: string, done: { readonly at: number } | undefined) =>
    done === undefined ? [] : [{ at: done.at, what }];
  return {
    from,
    to: end.at,
    requests: drawnRequests(timeline).filter(({ at }) => at >= from),
    marks: [
      ...mark('fault', fault),
      ...mark('takeover', takeover),
      ...mark('undo', undo),
      ...mark('return', comeback),
    ],
    lanes: lanesOf(timeline, from, end.at),
  };
}

/** Who holds the first VIP, and when both or none do. */
function lanesOf({ plan, moments }: Timeline<FailoverPlan>, from: number, end: number): readonly Lane[] {
  const vip = plan.routers[0]?.vips[0];
  const looks = seen('holder', moments).map(({ at, host, vips }) => ({
    at,
    host,
    isSo: vip !== undefined && vips.includes(vip),
  }));
  if (looks.length === 0) return [];
  const hosts = [plan.master, plan.successor];
  const holding = new Map<string, boolean>();
  const counts = looks.map(({ at, host, isSo }) => {
    holding.set(host, isSo);
    return { at, count: hosts.filter((each) => holding.get(each)).length, isWhole: holding.size > 1 };
  });
  const lane = (label: string, isWrong: boolean, own: readonly { at: number; isSo: boolean }[]) => ({
    label,
    isWrong,
    spans: spansOf(own, end).flatMap(({ from: start, to }) =>
      to > from ? [{ from: Math.max(start, from), to }] : [],
    ),
  });
  const counted = (count: number) =>
    counts.map((each) => ({ at: each.at, isSo: each.isWhole && each.count === count }));
  return [
    ...hosts.map((host) =>
      lane(
        `${host} has the VIP`,
        false,
        looks.filter((look) => look.host === host),
      ),
    ),
    lane('two masters', true, counted(2)),
    lane('no master', true, counted(0)),
  ];
}
