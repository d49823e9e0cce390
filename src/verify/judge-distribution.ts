import type { DistributionPlan, ServicePlan } from './distribution-plan.ts';
import { judgeAnswers } from './judge-answers.ts';
import { judgeShares } from './judge-shares.ts';
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

function judgeService(plan: ServicePlan, timeline: Timeline<DistributionPlan>): Judgement {
  const unclear = (why: string) => [
    { rule: SHARES, host: plan.director, why: `${plan.service}: ${why}` } as const,
  ];
  if (plan.refusal !== undefined) return { told: [], notJudged: unclear(plan.refusal), notes: [] };
  const run = runOfService(plan, timeline);
  if ('why' in run) return { told: [], notJudged: unclear(run.why), notes: [] };
  const told = judgeAnswers(plan, run, timeline);
  const notes = [countsOf(plan, run)];
  // Where IPVS did not see all of it, its counts say nothing of the shares.
  if (told.some(({ outcome }) => outcome === 'verify/answers-bypass-the-director'))
    return { told, notJudged: [], notes };
  const verdict = judgeShares(plan, run);
  switch (verdict.kind) {
    case 'sound':
      return { told, notJudged: [], notes: [`${notes[0]}: ${verdict.why}`] };
    case 'unclear':
      return { told, notJudged: unclear(verdict.why), notes };
    case 'skewed':
      return { told: [...told, skewOf(plan, run, verdict)], notJudged: [], notes };
  }
}

const SHARES = 'verify/shares-not-as-expected';

function skewOf(
  plan: ServicePlan,
  run: ServiceRun,
  { worst, expected, odds }: { readonly worst: number; readonly expected: string; readonly odds?: string },
): Told {
  const server = run.servers[worst];
  const chance = odds === undefined ? '' : `; chance alone does that in ${odds}`;
  const others = run.servers.flatMap(({ server: name, weight, running }) =>
    running === undefined ? [] : [`${name} runs with weight ${running}, configured is ${weight}`],
  );
  return {
    outcome: SHARES,
    host: plan.director,
    subject: plan.service,
    message: `${server?.server} gets ${server?.count} of ${run.total} connections to ${plan.service}, ${plan.scheduler} gives it ${expected}${chance}`,
    moment: run.lastCount,
    ...(others.length > 0 && { related: [{ moment: run.tableAt, message: others.slice(0, 4).join('; ') }] }),
  };
}

/** Expected and seen, in a line. */
function countsOf(
  { service, scheduler }: ServicePlan,
  { servers, total, requests, foreign }: ServiceRun,
): string {
  const counts = servers.map(
    ({ server, weight, count }) =>
      `${server} (weight ${weight}) ${count}, ${((100 * count) / Math.max(1, total)).toFixed(1)} %`,
  );
  const others = foreign > 0 ? `, up to ${foreign} of other clients` : '';
  return `${service}, ${scheduler}, ${requests.length} requests: ${counts.join('; ')}${others}`;
}
