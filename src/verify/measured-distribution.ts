import type { MeasuredShares, MeasuredTest } from '../judge/verification.ts';
import { phaseOf } from './course.ts';
import type { DistributionPlan, ServicePlan } from './distribution-plan.ts';
import { spreadHeld } from './held-load.ts';
import { groupsOf } from './judge-shares.ts';
import { requestsIn } from './outage.ts';
import { runOfService, type ServiceRun } from './service-run.ts';
import { sharesOf } from './shares.ts';
import type { Timeline } from './timeline.ts';

/** A distribution for reports. */
export function measuredDistribution(
  timeline: Timeline<DistributionPlan>,
): Omit<MeasuredTest, 'name' | 'test' | 'startedAt'> {
  const { plan } = timeline;
  const requests = requestsIn(timeline);
  const phases = plan.services.map(({ service }) =>
    phaseOf(
      service,
      requests.filter((request) => request.service === service),
    ),
  );
  return {
    about: `requests from ${plan.client}`,
    measures: [],
    shares: plan.services.flatMap((service) => {
      const run = service.refusal === undefined ? runOfService(service, timeline) : { why: service.refusal };
      return 'why' in run ? [] : [measuredShares(service, run)];
    }),
    phases: phases.filter((phase) => phase.requests > 0),
    course: undefined,
  };
}

function measuredShares(plan: ServicePlan, run: ServiceRun): MeasuredShares {
  const { service, scheduler, unit } = plan;
  const expected = expectedShares(plan, run);
  const units = unitsOf(plan, run);
  return {
    service,
    scheduler,
    unit,
    units,
    total: run.total,
    servers: run.servers.map(({ server, weight, count }, at) => {
      const share = run.total === 0 ? 0 : count / run.total;
      return { server, weight, count, share, expected: expected[at], ...confidence(share, units) };
    }),
  };
}

/** All connections of a client fall together, so they are one throw of the dice. */
function unitsOf({ expectation }: ServicePlan, run: ServiceRun): number {
  return expectation.kind === 'clients' ? groupsOf(run, expectation.prefix).length : run.total;
}

function expectedShares({ expectation }: ServicePlan, run: ServiceRun): readonly number[] {
  const weights = run.servers.map(({ weight }) => weight);
  switch (expectation.kind) {
    case 'cycle':
    case 'connections':
    case 'clients':
      return sharesOf(expectation.by, weights);
    case 'held': {
      // Which of two random ones is lighter: on the whole the weights decide.
      if (expectation.by === 'twos') return sharesOf('wrr', weights);
      const counts = spreadHeld(expectation.by, run.servers, run.own, () => 0);
      return counts.map((count) => count / Math.max(1, run.own));
    }
    case 'one':
    case 'unknown':
      return [];
  }
}

/** Two-sided, 95 %. */
const Z = 1.959963984540054;

/** Wilson's interval for a share that `n` throws show; it holds for few throws and for shares near 0 (Wilson, 1927). */
export function confidence(share: number, n: number): { readonly low: number; readonly high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const middle = (share + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
