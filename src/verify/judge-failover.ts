import { type Change, clientOutages, type MeasuredFailover, measureFailover } from './failover-measure.ts';
import type { FailoverPlan } from './failover-plan.ts';
import { seconds, type Window } from './failover-window.ts';
import { lengthOf, RETRANSMISSION } from './outage.ts';
import type { Timeline } from './timeline.ts';
import type { Judgement, Told } from './told.ts';

/** Judges what a run of `verify failover` saw, by the windows that its plan carries. Pure. */
export function judgeFailover(timeline: Timeline<FailoverPlan>): Judgement {
  const { plan } = timeline;
  const measured = measureFailover(timeline);
  const found = { plan, measured, subject: plan.routers[0]?.id ?? plan.master };
  const told = [
    ...undoOf(found),
    ...takeoverOf(found),
    ...mastersOf(found),
    ...announcementOf(found),
    ...outageOf(found),
    ...comebackOf(found),
    ...connectionsOf(found),
  ];
  return { told, notJudged: unjudged(plan, measured), notes: notesOf(timeline, measured) };
}

interface Found {
  readonly plan: FailoverPlan;
  readonly measured: MeasuredFailover;
  readonly subject: string;
}

function undoOf({ plan, measured, subject }: Found): readonly Told[] {
  if (measured.fault === undefined || measured.undone) return [];
  return [
    {
      outcome: 'verify/undo-unconfirmed',
      host: plan.master,
      subject,
      message: `nobody saw that the ${plan.fault} of ${plan.master} was undone; the job armed there undoes it within ${seconds(plan.restoredWithin)}`,
      moment: measured.undo?.moment ?? measured.fault.moment,
    },
  ];
}

function takeoverOf({ plan, measured: { fault, takeover, undo, end }, subject }: Found): readonly Told[] {
  if (fault === undefined) return [];
  const about = { host: plan.successor, subject };
  if (takeover === undefined) {
    const waited = (undo ?? end).at - fault.at;
    if (waited < plan.takeover.latest + plan.advertInterval) return [];
    return [
      {
        ...about,
        outcome: 'verify/no-takeover',
        message: `${plan.successor} does not take over within ${seconds(waited)}; ${seconds(plan.takeover.latest)} were expected (${plan.takeover.because})`,
        moment: fault.moment,
      },
    ];
  }
  const took = takeover.at - fault.at;
  const latest = plan.takeover.latest + plan.advertInterval + takeover.within;
  if (took <= latest) return [];
  const why = plan.fault === 'stop' ? ': the farewell of priority 0 did not arrive' : '';
  return [
    {
      ...about,
      outcome: 'verify/takeover-late',
      // Up to twice the time, something is slow; beyond, something is wrong.
      severity: took <= 2 * latest ? 'warning' : 'error',
      message: `${plan.successor} takes over ${seconds(took)} after the ${plan.fault} of ${plan.master}, not within ${seconds(plan.takeover.latest)}${why}`,
      moment: takeover.moment,
      related: [{ moment: fault.moment, message: 'the fault' }],
    },
  ];
}

/** Two masters for longer than an advert needs; between isolated nodes they are what the test is about. */
function mastersOf({ plan, measured: { twoMasters, takeover }, subject }: Found): readonly Told[] {
  if (plan.fault === 'isolate' || takeover === undefined) return [];
  if (twoMasters <= plan.advertInterval + takeover.within) return [];
  return [
    {
      outcome: 'verify/two-masters',
      host: plan.master,
      subject,
      message: `${plan.master} and ${plan.successor} both hold the VIPs for ${seconds(twoMasters)}`,
      moment: takeover.moment,
    },
  ];
}

function announcementOf({ plan, measured: { unannounced, takeover }, subject }: Found): readonly Told[] {
  const [vip, ...more] = unannounced ?? [];
  if (vip === undefined || takeover === undefined) return [];
  return [
    {
      outcome: 'verify/vip-not-announced',
      host: plan.successor,
      subject,
      message: `${plan.successor} takes over and sends no gratuitous ARP for ${vip}${more.length > 0 ? ` and ${more.length} more` : ''}`,
      moment: takeover.moment,
    },
  ];
}

/** Clients that come back long after the new master: its neighbours still know the old one. */
function outageOf({ plan, measured, subject }: Found): readonly Told[] {
  const { takeover, undo, end } = measured;
  if (takeover === undefined) return [];
  const late = measured.outages
    .map((outage) => ({ outage, after: (outage.to ?? undo?.at ?? end.at) - takeover.at }))
    .filter(({ after }) => after > RETRANSMISSION + plan.advertInterval + takeover.within)
    .toSorted((one, other) => other.after - one.after)[0];
  if (late === undefined) return [];
  return [
    {
      outcome: 'verify/outage-outlasts-takeover',
      host: plan.successor,
      subject,
      severity: late.outage.to === undefined ? 'error' : 'warning',
      message: `clients of ${late.outage.service} wait ${late.outage.to === undefined ? 'to the end' : `for another ${seconds(late.after)}`} when ${plan.successor} is master already`,
      moment: late.outage.moment,
      related: [{ moment: takeover.moment, message: `${plan.successor} is master` }],
    },
  ];
}

function comebackOf({ plan, measured, subject }: Found): readonly Told[] {
  const { undo, end, comeback, outagesAtReturn, takeover } = measured;
  if (undo === undefined || takeover === undefined) return [];
  const about = { host: plan.master, subject };
  const told: Told[] = [];
  const waited = (comeback ?? end).at - undo.at;
  if (plan.comeback === undefined && comeback !== undefined)
    told.push({
      ...about,
      outcome: 'verify/comeback-unexpected',
      message: `${plan.master} takes the VIPs back after ${seconds(waited)}, though its configuration lets ${plan.successor} keep them`,
      moment: comeback.moment,
    });
  if (plan.comeback !== undefined && waited > lastMoment(plan.comeback, plan, comeback))
    told.push({
      ...about,
      outcome: comeback === undefined ? 'verify/no-comeback' : 'verify/comeback-late',
      message:
        comeback === undefined
          ? `${plan.master} is not master again ${seconds(waited)} after the end of the fault; ${seconds(plan.comeback.latest)} were expected`
          : `${plan.master} is master again ${seconds(waited)} after the end of the fault, not within ${seconds(plan.comeback.latest)}`,
      moment: (comeback ?? undo).moment,
    });
  const [second] = outagesAtReturn.filter((outage) => lengthOf(outage, end.at) > RETRANSMISSION);
  if (second !== undefined)
    told.push({
      ...about,
      outcome: 'verify/outage-at-return',
      message: `clients of ${second.service} wait for ${seconds(lengthOf(second, end.at))} when ${plan.master} comes back`,
      moment: second.moment,
    });
  return told;
}

/** Milliseconds: a service needs a moment to start. */
export const START_UP = 2000;

function lastMoment(
  { latest }: Window,
  { advertInterval }: FailoverPlan,
  change: Change | undefined,
): number {
  return latest + advertInterval + START_UP + (change?.within ?? 0);
}

function connectionsOf({ plan, measured: { connections, end }, subject }: Found): readonly Told[] {
  if (!plan.keepsConnections || connections === undefined || connections.alive === connections.opened)
    return [];
  return [
    {
      outcome: 'verify/connections-lost',
      host: plan.successor,
      subject,
      message: `${connections.opened - connections.alive} of ${connections.opened} open connections do not survive, though a sync daemon is configured`,
      moment: end.moment,
    },
  ];
}

function unjudged(
  plan: FailoverPlan,
  { aborted, unannounced, takeover }: MeasuredFailover,
): Judgement['notJudged'] {
  const missing: { rule: Told['outcome']; host: string; why: string }[] = [];
  if (aborted !== undefined)
    missing.push({
      rule: 'verify/no-takeover',
      host: plan.successor,
      why: `the test was stopped: ${aborted}`,
    });
  if (takeover !== undefined && unannounced === undefined)
    missing.push({ rule: 'verify/vip-not-announced', host: plan.successor, why: 'no packets were captured' });
  return missing;
}

function notesOf(timeline: Timeline<FailoverPlan>, measured: MeasuredFailover): readonly string[] {
  const { plan } = timeline;
  const { fault, takeover, undo, comeback, outages, connections, noMaster } = measured;
  if (fault === undefined) return [];
  const by =
    takeover?.seenBy === 'packets'
      ? 'by packets'
      : `by looks at the directors, ±${seconds(takeover?.within ?? 0)}`;
  const { fault: outage } = clientOutages(timeline, measured);
  const bad = outages.reduce((sum, { failed, hung }) => sum + failed + hung, 0);
  return [
    ...(takeover === undefined
      ? []
      : [
          `takeover ${seconds(takeover.at - fault.at)} after the ${plan.fault} (${by}), expected ${span(plan.takeover)}`,
        ]),
    `clients wait for ${seconds(outage)}, ${bad} requests fail or hang; ${seconds(noMaster)} without a master`,
    ...(undo === undefined || comeback === undefined || plan.comeback === undefined
      ? []
      : [
          `back ${seconds(comeback.at - undo.at)} after the end of the fault, expected ${span(plan.comeback)}`,
        ]),
    ...(connections === undefined
      ? []
      : [`${connections.alive} of ${connections.opened} open connections survive`]),
  ];
}

function span({ earliest, latest }: Window): string {
  return earliest === latest ? seconds(latest) : `${seconds(earliest)} to ${seconds(latest)}`;
}
