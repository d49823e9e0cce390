import { cycleBounds } from './cycle.ts';
import type { DistributionPlan, ServicePlan } from './distribution-plan.ts';
import { runOfService, type ServiceRun } from './service-run.ts';
import type { Timeline } from './timeline.ts';
import type { Judgement, Told } from './told.ts';

/** Judges what a run of `verify distribution` saw, by the expectation that its plan carries. Pure. */
export function judgeDistribution(timeline: Timeline<DistributionPlan>): Judgement {
  const parts = timeline.plan.services.map((plan) => judgeService(plan, timeline));
  return {
    told: parts.flatMap(({ told }) => told),
    notJudged: parts.flatMap(({ notJudged }) => notJudged),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

function judgeService(plan: ServicePlan, timeline: Timeline): Judgement {
  const unjudged = (why: string): Judgement => ({
    told: [],
    notJudged: [
      { rule: 'verify/shares-not-as-expected', host: plan.director, why: `${plan.service}: ${why}` },
    ],
    notes: [],
  });
  if (plan.refusal !== undefined) return unjudged(plan.refusal);
  const run = runOfService(plan, timeline);
  if ('why' in run) return unjudged(run.why);
  const told = [...failures(plan, run), ...bypass(plan, run)];
  const shares = told.some(({ outcome }) => outcome === 'verify/answers-bypass-the-director')
    ? []
    : ofShares(plan, run);
  return { told: [...told, ...shares], notJudged: [], notes: [noteOf(plan, run)] };
}

function ofShares(plan: ServicePlan, run: ServiceRun): readonly Told[] {
  if (plan.expectation.kind !== 'cycle') return [];
  const { weights } = plan.expectation;
  const total = run.counts.reduce((sum, count) => sum + count, 0);
  const bounds = cycleBounds(weights, total);
  const off = run.counts.findIndex((count, at) => {
    const { least, most } = bounds[at] ?? { least: 0, most: 0 };
    return count < least - run.slack || count > most + run.slack;
  });
  const { least = 0, most = 0 } = bounds[off] ?? {};
  if (off < 0) return [];
  const expected = least === most ? `${least}` : `${least} to ${most}`;
  return [
    {
      outcome: 'verify/shares-not-as-expected',
      host: plan.director,
      subject: plan.service,
      message: `${plan.servers[off]?.server} gets ${run.counts[off]} of ${total} connections to ${plan.service}, ${plan.scheduler} gives it ${expected}`,
      moment: run.lastCount,
    },
  ];
}

function bypass(plan: ServicePlan, run: ServiceRun): readonly Told[] {
  const counted = run.counts.reduce((sum, count) => sum + count, 0);
  const missing = run.answered - counted;
  if (missing <= 0) return [];
  return [
    {
      outcome: 'verify/answers-bypass-the-director',
      host: plan.director,
      subject: plan.service,
      message: `${missing} of ${run.answered} answered requests to ${plan.service} never passed IPVS on ${plan.director}`,
      moment: run.lastCount,
    },
  ];
}

function failures(plan: ServicePlan, run: ServiceRun): readonly Told[] {
  const [first] = run.failed;
  if (first === undefined) return [];
  return [
    {
      outcome: 'verify/requests-failed',
      host: plan.director,
      subject: plan.service,
      message: `${run.failed.length} of ${run.asked} requests to ${plan.service} fail: ${first.outcome}`,
      moment: first.moment,
    },
  ];
}

function noteOf(plan: ServicePlan, run: ServiceRun): string {
  const shares = plan.servers.map(({ server }, at) => `${server} ${run.counts[at]}`);
  return `${plan.service}: ${run.asked} requests by ${plan.scheduler}: ${shares.join(', ')}`;
}
