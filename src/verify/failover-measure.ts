import type { FailoverPlan, PlannedRouter } from './failover-plan.ts';
import { lengthOf, longestSilence, type Outage, outagesOf, requestsIn } from './outage.ts';
import { type Done, seen, stepIn } from './seen.ts';
import type { Moment, Timeline } from './timeline.ts';

/** When a change of masters was seen, and by what. */
export interface Change extends Done {
  /** Milliseconds by which it may be off. */
  readonly within: number;
  /** `packets`: the new master's first advert; `states`: its addresses, looked at again and again. */
  readonly seenBy: 'packets' | 'states';
}

/** What a timeline shows of a failover; times are the timeline's own. */
export interface MeasuredFailover {
  readonly fault: Done | undefined;
  readonly undo: Done | undefined;
  readonly end: Done;
  readonly takeover: Change | undefined;
  readonly comeback: Change | undefined;
  /** Before the undo, and after it. */
  readonly outages: readonly Outage[];
  readonly outagesAtReturn: readonly Outage[];
  /** Milliseconds with the VIPs on both nodes, and on none. */
  readonly twoMasters: number;
  readonly noMaster: number;
  /** Connections that were open before the fault, and how many of them carried data at the end. */
  readonly connections: { readonly opened: number; readonly alive: number } | undefined;
  /** VIPs that no gratuitous ARP announced after the takeover; undefined where nobody captured packets. */
  readonly unannounced: readonly string[] | undefined;
  readonly undone: boolean;
  readonly aborted: string | undefined;
}

/** Reads a failover's timeline. */
export function measureFailover(timeline: Timeline<FailoverPlan>): MeasuredFailover {
  const { plan, moments } = timeline;
  const fault = stepIn(moments, 'fault');
  const undo = stepIn(moments, 'undo');
  const end = { at: moments.at(-1)?.at ?? 0, moment: Math.max(0, moments.length - 1) };
  const until = undo?.at ?? end.at;
  const takeover = fault && changeTo(plan.successor, plan, moments, fault.at, until);
  const requests = requestsIn(timeline);
  const outages = plan.services.flatMap(({ label }) => outagesOf(label, requests));
  return {
    fault,
    undo,
    end,
    takeover,
    comeback: undo && changeTo(plan.master, plan, moments, undo.at, end.at),
    outages: outages.filter(({ from }) => from < until),
    outagesAtReturn: outages.filter(({ from }) => from >= until),
    ...timesByHolders(plan, moments, fault?.at ?? 0, until),
    connections: connectionsIn(moments),
    unannounced: takeover && unannouncedVips(plan, moments, takeover.at, until),
    undone: stepIn(moments, 'undone') !== undefined,
    aborted: stepIn(moments, 'abort')?.did,
  };
}

/**
 * Milliseconds that clients of the worst service were not served, at the fault and at the return. Requests that were only
 * held up are no failures, but nobody got an answer meanwhile: that counts where it is longer than any pause before the
 * fault.
 */
export function clientOutages(
  timeline: Timeline<FailoverPlan>,
  { fault, undo, end, outages, outagesAtReturn }: MeasuredFailover,
): { readonly fault: number; readonly comeback: number } {
  const requests = requestsIn(timeline);
  const [first] = requests;
  const longest = (of: readonly Outage[]) =>
    of.reduce((most, outage) => Math.max(most, lengthOf(outage, end.at)), 0);
  const at = { fault: longest(outages), comeback: longest(outagesAtReturn) };
  if (first === undefined || fault === undefined) return at;
  const last = requests.at(-1)?.at ?? end.at;
  const usual = longestSilence(requests, first.at, fault.at);
  const withSilence = (outage: number, from: number, to: number) => {
    const silence = to > from ? longestSilence(requests, from, to) : 0;
    return silence > outage + usual ? silence : outage;
  };
  const until = Math.min(undo?.at ?? last, last);
  return {
    fault: withSilence(at.fault, fault.at, until),
    comeback: withSilence(at.comeback, until, last),
  };
}

/** When a node was the master of everything that moves, for the first time in a span. */
function changeTo(
  host: string,
  plan: FailoverPlan,
  moments: readonly Moment[],
  from: number,
  to: number,
): Change | undefined {
  const adverts = seen('advert', moments).filter(({ at, priority }) => at > from && at <= to && priority > 0);
  const firsts = plan.routers.map((router) =>
    adverts.find(
      ({ vrid, priority }) => vrid === router.virtualRouterId && priority === router.priorities[host],
    ),
  );
  if (firsts.every((first) => first !== undefined)) {
    const last = firsts.toSorted((one, other) => other.at - one.at)[0];
    if (last !== undefined)
      return { at: last.at, moment: last.moment, within: last.within, seenBy: 'packets' };
  }
  const vips = vipsOf(plan);
  let before = from;
  for (const { at, moment, within, host: holder, vips: held } of seen('holder', moments)) {
    if (at <= from || at > to || holder !== host) continue;
    if (vips.every((vip) => held.includes(vip)))
      return { at, moment, within: within + at - before, seenBy: 'states' };
    before = at;
  }
  return undefined;
}

function vipsOf({ routers }: FailoverPlan): readonly string[] {
  return routers.flatMap(({ vips }: PlannedRouter) => vips);
}

/** From what each node was seen to hold; what it holds it is taken to hold until it is looked at again. */
function timesByHolders(
  plan: FailoverPlan,
  moments: readonly Moment[],
  from: number,
  to: number,
): { readonly twoMasters: number; readonly noMaster: number } {
  const [vip] = vipsOf(plan);
  const holds = new Map<string, boolean>();
  const times = { twoMasters: 0, noMaster: 0 };
  let since = from;
  const count = (until: number) => {
    const nodes = [plan.master, plan.successor].map((host) => holds.get(host));
    if (until > since && nodes.every(Boolean)) times.twoMasters += until - since;
    // A node that nobody can see any more is taken for dead.
    if (until > since && !nodes.some(Boolean)) times.noMaster += until - since;
    since = Math.max(since, until);
  };
  for (const { at, host, vips } of seen('holder', moments)) {
    if (at > to) break;
    if (at > from) count(at);
    holds.set(host, vip !== undefined && vips.includes(vip));
  }
  count(to);
  return times;
}

function connectionsIn(moments: readonly Moment[]): MeasuredFailover['connections'] {
  const last = new Map(
    seen('connection', moments).map(({ service, id, alive }) => [`${service} ${id}`, alive]),
  );
  if (last.size === 0) return undefined;
  return { opened: last.size, alive: [...last.values()].filter(Boolean).length };
}

function unannouncedVips(
  plan: FailoverPlan,
  moments: readonly Moment[],
  from: number,
  to: number,
): readonly string[] | undefined {
  if (seen('advert', moments).length === 0) return undefined;
  const told = new Set(
    seen('garp', moments).flatMap(({ at, address }) => (at >= from - 1000 && at <= to ? [address] : [])),
  );
  return vipsOf(plan).filter((vip) => !told.has(vip));
}
