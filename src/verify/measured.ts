import type { MeasuredTest, Series, Verification } from '../judge/verification.ts';
import type { DistributionPlan } from './distribution-plan.ts';
import { clientOutages, measureFailover } from './failover-measure.ts';
import type { FailoverPlan } from './failover-plan.ts';
import { measuredDistribution } from './measured-distribution.ts';
import { measuredFailover } from './measured-failover.ts';
import { measuredRealServer } from './measured-real-server.ts';
import { medianAndWorst } from './outage.ts';
import type { RealServerPlan } from './real-server-plan.ts';
import type { Timeline } from './timeline.ts';
import type { JudgedTimeline } from './told.ts';

/** Failovers in a year, where nobody says how many: one a month, as updates come. */
const FAILOVERS_A_YEAR = 12;

/** What timelines show, for reports. */
export function verificationOf(
  judged: readonly Pick<JudgedTimeline, 'name' | 'timeline'>[],
  failoversAYear = FAILOVERS_A_YEAR,
): Verification {
  const failovers = judged.flatMap(({ timeline }) =>
    timeline.test === 'failover' ? [timeline as Timeline<FailoverPlan>] : [],
  );
  return {
    tests: judged.map(({ name, timeline }) => ({
      name,
      test: timeline.test,
      startedAt: timeline.startedAt,
      ...partsOf(timeline),
    })),
    series: seriesOf(failovers, failoversAYear),
  };
}

function partsOf(timeline: Timeline): Omit<MeasuredTest, 'name' | 'test' | 'startedAt'> {
  switch (timeline.test) {
    case 'failover':
      return measuredFailover(timeline as Timeline<FailoverPlan>);
    case 'real-server':
      return measuredRealServer(timeline as Timeline<RealServerPlan>);
    case 'distribution':
      return measuredDistribution(timeline as Timeline<DistributionPlan>);
  }
}

/** Failovers that did not come to pass cost what they cost too, so all runs with a fault count. */
function seriesOf(timelines: readonly Timeline<FailoverPlan>[], failovers: number): Series | undefined {
  const measured = timelines.map((timeline) => ({ timeline, run: measureFailover(timeline) }));
  const runs = measured.filter(({ run }) => run.fault !== undefined);
  const outages = runs.map(({ timeline, run }) => clientOutages(timeline, run));
  const year = medianAndWorst(outages.map(({ fault, comeback }) => (fault + comeback) * failovers));
  if (year === undefined) return undefined;
  const takeovers = runs.flatMap(({ run: { fault, takeover } }) =>
    fault === undefined || takeover === undefined ? [] : [takeover.at - fault.at],
  );
  const figure = (what: string, values: readonly number[]) => {
    const both = medianAndWorst(values);
    return both === undefined ? [] : [{ what, ...both }];
  };
  return {
    runs: runs.length,
    figures: [
      ...figure('takeover', takeovers),
      ...figure(
        'client outage',
        outages.map(({ fault }) => fault),
      ),
      ...figure(
        'outage at return',
        outages.map(({ comeback }) => comeback),
      ),
    ],
    year: { failovers, ...year },
  };
}
