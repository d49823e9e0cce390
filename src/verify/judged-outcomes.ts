import type { DistributionPlan } from './distribution-plan.ts';
import type { FailoverPlan } from './failover-plan.ts';
import type { OutcomeId } from './outcomes.ts';
import type { RealServerPlan } from './real-server-plan.ts';
import { stepIn } from './seen.ts';
import type { Timeline } from './timeline.ts';
import type { JudgedTimeline } from './told.ts';

/** The hosts that each outcome was asked of and could be told of: what passes where nothing was told. */
export function hostsJudged(judged: readonly JudgedTimeline[]): ReadonlyMap<string, ReadonlySet<string>> {
  const hosts = new Map<string, Set<string>>();
  for (const { timeline, judgement } of judged) {
    const isOpen = (outcome: string, host: string) =>
      judgement.notJudged.some((each) => each.rule === outcome && each.host === host);
    for (const [outcome, host] of asked(timeline))
      if (!isOpen(outcome, host)) hosts.set(outcome, (hosts.get(outcome) ?? new Set()).add(host));
    for (const { outcome, host } of judgement.told)
      hosts.set(outcome, (hosts.get(outcome) ?? new Set()).add(host));
  }
  return hosts;
}

type Asked = readonly (readonly [outcome: OutcomeId, host: string])[];

function asked(timeline: Timeline): Asked {
  switch (timeline.test) {
    case 'distribution':
      return ofDistribution(timeline as Timeline<DistributionPlan>);
    case 'failover':
      return ofFailover(timeline as Timeline<FailoverPlan>);
    case 'real-server':
      return ofRealServer(timeline as Timeline<RealServerPlan>);
  }
}

function ofDistribution({ plan, moments }: Timeline<DistributionPlan>): Asked {
  const requested = new Set(
    moments.flatMap((moment) =>
      'observed' in moment && moment.observed.kind === 'request' ? [moment.observed.service] : [],
    ),
  );
  return plan.services
    .filter(({ service }) => requested.has(service))
    .flatMap(({ director }) =>
      (
        ['shares-not-as-expected', 'answers-bypass-the-director', 'requests-failed', 'requests-slow'] as const
      ).map((name) => [`verify/${name}`, director] as const),
    );
}

function ofFailover({ plan, moments }: Timeline<FailoverPlan>): Asked {
  if (stepIn(moments, 'fault') === undefined) return [];
  const { master, successor, fault, keepsConnections } = plan;
  return [
    ['verify/undo-unconfirmed', master],
    ['verify/no-takeover', successor],
    ['verify/takeover-late', successor],
    ['verify/vip-not-announced', successor],
    ['verify/outage-outlasts-takeover', successor],
    ...(fault === 'isolate' ? [] : [['verify/two-masters', master] as const]),
    ...(plan.comeback === undefined
      ? [['verify/comeback-unexpected', master] as const]
      : [['verify/no-comeback', master] as const, ['verify/comeback-late', master] as const]),
    ['verify/outage-at-return', master],
    ...(keepsConnections ? [['verify/connections-lost', successor] as const] : []),
  ];
}

function ofRealServer({ plan, moments }: Timeline<RealServerPlan>): Asked {
  if (stepIn(moments, 'fault') === undefined) return [];
  const { host, directors } = plan;
  const first = directors[0] ?? host;
  return [
    ['verify/undo-unconfirmed', host],
    ...directors.flatMap(
      (director): Asked => [
        ['verify/server-not-removed', director],
        ['verify/removal-late', director],
        ['verify/server-not-put-back', director],
        ['verify/server-back-late', director],
      ],
    ),
    ['verify/failures-after-removal', first],
    ['verify/others-disturbed', first],
  ];
}
