import { seconds, type Window } from './failover-window.ts';
import { isGood, requestsIn } from './outage.ts';
import type { RealServerPlan } from './real-server-plan.ts';
import { type Done, seen, stepIn } from './seen.ts';
import type { Moment, Timeline } from './timeline.ts';
import type { Judgement, Told } from './told.ts';

/** When a director was seen without a server, or with it again. */
interface Change extends Done {
  readonly within: number;
}

/** What a timeline shows of a failed real server. */
export interface MeasuredServerFailure {
  readonly fault: Done | undefined;
  readonly undo: Done | undefined;
  readonly end: Done;
  /** By director. */
  readonly removals: ReadonlyMap<string, Change | undefined>;
  readonly comebacks: ReadonlyMap<string, Change | undefined>;
  readonly failed: { readonly whileIn: number; readonly whenOut: readonly Done[] };
  /** Connections to the other servers that broke. */
  readonly broken: number;
  readonly opened: number;
  readonly undone: boolean;
}

/** Judges what a run of `verify real-server` saw, by the windows that its plan carries. Pure. */
export function judgeRealServer(timeline: Timeline<RealServerPlan>): Judgement {
  const { plan, moments } = timeline;
  const measured = measureServerFailure(timeline);
  const { fault, undo } = measured;
  if (fault === undefined) return { told: [], notJudged: [], notes: [] };
  const told = [
    ...undoOf(plan, measured, fault),
    ...plan.directors.flatMap((director) => removalOf(plan, measured, fault, director)),
    ...failuresOf(plan, measured),
    ...othersOf(plan, measured),
    ...(undo === undefined ? [] : plan.directors.flatMap((each) => comebackOf(plan, measured, undo, each))),
  ];
  const aborted = stepIn(moments, 'abort');
  return {
    told,
    notJudged:
      aborted === undefined
        ? []
        : [
            {
              rule: 'verify/server-not-removed',
              host: plan.host,
              why: `the test was stopped: ${aborted.did}`,
            },
          ],
    notes: notesOf(plan, measured, fault),
  };
}

/** Reads the timeline of a failed real server. */
export function measureServerFailure(timeline: Timeline<RealServerPlan>): MeasuredServerFailure {
  const { plan, moments } = timeline;
  const fault = stepIn(moments, 'fault');
  const undo = stepIn(moments, 'undo');
  const end = { at: moments.at(-1)?.at ?? 0, moment: Math.max(0, moments.length - 1) };
  const from = fault?.at ?? end.at;
  const until = undo?.at ?? end.at;
  const changes = (isWanted: boolean, start: number, stop: number) =>
    new Map(
      plan.directors.map((director) => [director, changeOf(plan, moments, director, isWanted, start, stop)]),
    );
  const removals = changes(false, from, until);
  const out = Math.max(...plan.directors.map((director) => removals.get(director)?.at ?? until));
  const bad = requestsIn(timeline).filter(
    (request) => request.at >= from && request.at < until && !isGood(request),
  );
  const connections = new Map(seen('connection', moments).map(({ id, alive }) => [id, alive]));
  return {
    fault,
    undo,
    end,
    removals,
    comebacks: changes(true, until, end.at),
    failed: {
      whileIn: bad.filter(({ at }) => at <= out).length,
      // What was on its way when the server went out may still fail.
      whenOut: bad.filter(({ at }) => at > out + GRACE),
    },
    broken: [...connections.values()].filter((alive) => !alive).length,
    opened: connections.size,
    undone: stepIn(moments, 'undone') !== undefined,
  };
}

/** Milliseconds: a table is seen a little later than it changes. */
const GRACE = 1000;

/** The first look at a director's table in a span that shows the server in, or out. */
function changeOf(
  { service, server }: RealServerPlan,
  moments: readonly Moment[],
  director: string,
  isWanted: boolean,
  from: number,
  to: number,
): Change | undefined {
  let before = from;
  for (const look of seen('table', moments)) {
    if (look.at <= from || look.at > to || look.host !== director || look.service !== service.label) continue;
    const isIn = look.servers.some((each) => each.server === server && each.weight > 0);
    if (isIn === isWanted)
      return { at: look.at, moment: look.moment, within: look.within + look.at - before };
    before = look.at;
  }
  return undefined;
}

function undoOf(plan: RealServerPlan, { undone, undo }: MeasuredServerFailure, fault: Done): readonly Told[] {
  if (undone) return [];
  return [
    {
      outcome: 'verify/undo-unconfirmed',
      host: plan.host,
      subject: plan.id,
      message: `nobody saw that ${plan.server} serves again; the job armed on ${plan.host} undoes the ${plan.fault} within ${seconds(plan.restoredWithin)}`,
      moment: (undo ?? fault).moment,
    },
  ];
}

function removalOf(
  plan: RealServerPlan,
  { removals, undo, end }: MeasuredServerFailure,
  fault: Done,
  director: string,
): readonly Told[] {
  const about = { host: director, subject: plan.id };
  const removal = removals.get(director);
  const took = (removal ?? undo ?? end).at - fault.at;
  if (took <= plan.removal.latest + GRACE + (removal?.within ?? 0)) return [];
  const expected = `${seconds(plan.removal.latest)} were expected (${plan.removal.because})`;
  return [
    removal === undefined
      ? {
          ...about,
          outcome: 'verify/server-not-removed',
          message: `${director} still sends to ${plan.server} ${seconds(took)} after the ${plan.fault}; ${expected}`,
          moment: fault.moment,
        }
      : {
          ...about,
          outcome: 'verify/removal-late',
          message: `${director} takes ${plan.server} out ${seconds(took)} after the ${plan.fault}; ${expected}`,
          moment: removal.moment,
          related: [{ moment: fault.moment, message: 'the fault' }],
        },
  ];
}

function failuresOf(plan: RealServerPlan, { failed }: MeasuredServerFailure): readonly Told[] {
  const [first] = failed.whenOut;
  if (first === undefined) return [];
  return [
    {
      outcome: 'verify/failures-after-removal',
      host: plan.directors[0] ?? plan.host,
      subject: plan.id,
      message: `${failed.whenOut.length} requests to ${plan.service.label} fail when ${plan.server} is out already`,
      moment: first.moment,
    },
  ];
}

function othersOf(plan: RealServerPlan, { broken, opened, end }: MeasuredServerFailure): readonly Told[] {
  if (broken === 0) return [];
  return [
    {
      outcome: 'verify/others-disturbed',
      host: plan.directors[0] ?? plan.host,
      subject: plan.id,
      message: `${broken} of ${opened} open connections to other servers break when ${plan.server} fails`,
      moment: end.moment,
    },
  ];
}

function comebackOf(
  plan: RealServerPlan,
  { comebacks, removals, end }: MeasuredServerFailure,
  undo: Done,
  director: string,
): readonly Told[] {
  if (removals.get(director) === undefined) return [];
  const comeback = comebacks.get(director);
  const took = (comeback ?? end).at - undo.at;
  if (took <= plan.comeback.latest + GRACE + (comeback?.within ?? 0)) return [];
  return [
    {
      outcome: comeback === undefined ? 'verify/server-not-put-back' : 'verify/server-back-late',
      host: director,
      subject: plan.id,
      message: `${director} ${comeback === undefined ? 'does not send' : 'sends'} to ${plan.server} again ${seconds(took)} after it serves; ${seconds(plan.comeback.latest)} were expected (${plan.comeback.because})`,
      moment: (comeback ?? undo).moment,
    },
  ];
}

function notesOf(
  plan: RealServerPlan,
  { removals, comebacks, undo, failed, opened, broken }: MeasuredServerFailure,
  fault: Done,
): readonly string[] {
  const took = (change: Change | undefined, since: Done | undefined, expected: Window, did: string) =>
    change === undefined || since === undefined
      ? []
      : [
          `${did} after ${seconds(change.at - since.at)} (±${seconds(change.within)}), expected ${seconds(expected.earliest)} to ${seconds(expected.latest)}`,
        ];
  return [
    ...plan.directors.flatMap((director) => [
      ...took(removals.get(director), fault, plan.removal, `${director} takes ${plan.server} out`),
      ...took(comebacks.get(director), undo, plan.comeback, `${director} puts it back`),
    ]),
    `${failed.whileIn} requests fail or hang until it is out, ${failed.whenOut.length} afterwards`,
    ...(opened === 0 ? [] : [`${opened - broken} of ${opened} open connections to other servers survive`]),
  ];
}
