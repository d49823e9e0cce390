import type { DistributionPlan } from './distribution-plan.ts';
import type { FailoverPlan } from './failover-plan.ts';
import { judgeDistribution } from './judge-distribution.ts';
import { judgeFailover } from './judge-failover.ts';
import { judgeRealServer } from './judge-real-server.ts';
import type { RealServerPlan } from './real-server-plan.ts';
import type { Timeline } from './timeline.ts';
import type { JudgedTimeline } from './told.ts';

/** Judges timelines, each by its own test; runs of one failover are told apart by their number. */
export function judgeTimelines(timelines: readonly Timeline[]): readonly JudgedTimeline[] {
  const runs = new Map<string, number>();
  return timelines.map((timeline) => {
    const { called, judgement } = judge(timeline);
    const run = (runs.get(called) ?? 0) + 1;
    runs.set(called, run);
    const isNumbered = run > 1 || timeline.test === 'failover';
    return { name: isNumbered ? `${called}, run ${run}` : called, timeline, judgement };
  });
}

function judge(timeline: Timeline): Pick<JudgedTimeline, 'judgement'> & { readonly called: string } {
  switch (timeline.test) {
    case 'distribution':
      return { called: 'distribution', judgement: judgeDistribution(timeline as Timeline<DistributionPlan>) };
    case 'failover': {
      const own = timeline as Timeline<FailoverPlan>;
      const routers = own.plan.routers.map(({ label }) => label).join(', ');
      return { called: `failover of ${routers}`, judgement: judgeFailover(own) };
    }
    case 'real-server': {
      const own = timeline as Timeline<RealServerPlan>;
      return { called: `failure of ${own.plan.server}`, judgement: judgeRealServer(own) };
    }
  }
}
