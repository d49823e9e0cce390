import type { ServicePlan } from './distribution-plan.ts';
import type { Observation, Outcome, Timeline } from './timeline.ts';

/** What a timeline says of one service: how its requests went, and what its director counted meanwhile. */
export interface ServiceRun {
  readonly asked: number;
  readonly answered: number;
  readonly failed: readonly { readonly outcome: Outcome; readonly moment: number }[];
  /** New connections of each planned server between the last count before the requests and the last one behind. */
  readonly counts: readonly number[];
  /** What one server's count may be off because other clients come and go while counters lag. */
  readonly slack: number;
  /** The moment of the last count. */
  readonly lastCount: number;
}

type Counters = Extract<Observation, { kind: 'counters' }>;

/** Reads a timeline for one service; `why` where that cannot be done. */
export function runOfService(plan: ServicePlan, timeline: Timeline): ServiceRun | { readonly why: string } {
  let before: Counters | undefined;
  let after: Counters | undefined;
  let lastCount = 0;
  let asked = 0;
  const failed: { outcome: Outcome; moment: number }[] = [];
  for (const [moment, seen] of timeline.moments.entries()) {
    if (!('observed' in seen)) continue;
    const { observed } = seen;
    if (observed.kind === 'counters' && observed.service === plan.service) {
      if (asked === 0) before = observed;
      else after = observed;
      lastCount = moment;
    } else if (observed.kind === 'request' && observed.service === plan.service) {
      asked++;
      if (observed.outcome !== 'answered') failed.push({ outcome: observed.outcome, moment });
    }
  }
  if (asked === 0) return { why: 'no request was sent' };
  if (before === undefined || after === undefined)
    return { why: `${plan.director} did not tell its counters` };
  const counts: number[] = [];
  for (const { server } of plan.servers) {
    const first = before.servers.find((each) => each.server === server);
    const last = after.servers.find((each) => each.server === server);
    if (first === undefined || last === undefined || last.connections < first.connections)
      return { why: `${server} was taken out of the table while it ran` };
    counts.push(last.connections - first.connections);
  }
  if (after.servers.length !== plan.servers.length)
    return { why: 'servers came into the table while it ran' };
  return { asked, answered: asked - failed.length, failed, counts, slack: 0, lastCount };
}
