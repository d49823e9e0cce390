import type { PlannedServer, ServicePlan } from './distribution-plan.ts';
import type { Observation, Outcome, Timeline } from './timeline.ts';

/** What a timeline says of one service: how its requests went, and what its director counted meanwhile. */
export interface ServiceRun {
  readonly requests: readonly SeenRequest[];
  readonly answered: number;
  /** Connections that surely were this client's: those that were answered, of datagrams all that were sent. */
  readonly own: number;
  /** In the order of the kernel's list, with what each was given between the last count before and the last one behind. */
  readonly servers: readonly CountedServer[];
  readonly total: number;
  /** Connections that may be others': all that were counted and are not surely this client's. */
  readonly foreign: number;
  /** Other clients' connections in a second, as far as one can tell. */
  readonly foreignRate: number;
  /** Moments to point at. */
  readonly lastCount: number;
  readonly tableAt: number;
}

export interface CountedServer extends PlannedServer {
  readonly count: number;
  /** What was open before the first request. */
  readonly active: number;
  readonly inactive: number;
}

interface SeenRequest {
  readonly moment: number;
  readonly at: number;
  readonly outcome: Outcome;
  readonly milliseconds: number;
  readonly from: string | undefined;
  readonly by: string | undefined;
}

type Counters = Extract<Observation, { kind: 'counters' }>;
type Table = Extract<Observation, { kind: 'table' }>;

/** Reads a timeline for one service; `why` where it cannot be judged. */
export function runOfService(plan: ServicePlan, timeline: Timeline): ServiceRun | { readonly why: string } {
  const before: { at: number; seen: Counters }[] = [];
  const after: { at: number; seen: Counters }[] = [];
  const tables: { moment: number; seen: Table }[] = [];
  const requests: SeenRequest[] = [];
  let lastCount = 0;
  let start = Number.POSITIVE_INFINITY;
  for (const [moment, { at, ...what }] of timeline.moments.entries()) {
    if (!('observed' in what) || !('service' in what.observed) || what.observed.service !== plan.service)
      continue;
    const { observed } = what;
    if (observed.kind === 'table') tables.push({ moment, seen: observed });
    else if (observed.kind === 'counters') {
      (requests.length === 0 ? before : after).push({ at, seen: observed });
      lastCount = moment;
    } else if (observed.kind === 'request') {
      start = Math.min(start, at);
      const { outcome, milliseconds, from, by } = observed;
      requests.push({ moment, at, outcome, milliseconds, from, by });
    }
  }
  if (requests.length === 0) return { why: 'no request was sent' };
  const [first, last, table] = [before.at(-1), after.at(-1), tables[0]];
  if (first === undefined || last === undefined || table === undefined)
    return { why: `${plan.director} did not tell its counters before and after` };
  const changed = changeAmong(tables.map(({ seen }) => seen));
  if (changed !== undefined) return { why: changed };
  const servers = table.seen.servers.flatMap(({ server }): CountedServer[] => {
    const planned = plan.servers.find((each) => each.server === server);
    const old = first.seen.servers.find((each) => each.server === server);
    const now = last.seen.servers.find((each) => each.server === server);
    if (planned === undefined || old === undefined || now === undefined) return [];
    return [
      {
        ...planned,
        count: now.connections - old.connections,
        active: old.active,
        inactive: old.inactive,
      },
    ];
  });
  if (servers.length !== plan.servers.length || servers.length !== table.seen.servers.length)
    return { why: `the table of ${plan.director} is not the one that was planned for` };
  if (servers.some(({ count }) => count < 0))
    return { why: `the counters of ${plan.director} were set back` };
  const answered = requests.filter(({ outcome }) => outcome === 'answered').length;
  const total = servers.reduce((sum, { count }) => sum + count, 0);
  const own = plan.request?.kind === 'udp' ? requests.length : answered;
  const foreign = Math.max(0, total - own);
  const [earliest] = before;
  const quiet = earliest === undefined || earliest === first ? 0 : rateOf(earliest, first);
  const seconds = Math.max(1, (last.at - first.at) / 1000);
  return {
    requests,
    answered,
    own,
    servers,
    total,
    foreign,
    foreignRate: Math.max(quiet, Math.max(0, total - requests.length) / seconds),
    lastCount,
    tableAt: tables.at(-1)?.moment ?? table.moment,
  };
}

function rateOf(one: { at: number; seen: Counters }, other: { at: number; seen: Counters }): number {
  const sumOf = ({ servers }: Counters) => servers.reduce((sum, { connections }) => sum + connections, 0);
  return Math.max(0, sumOf(other.seen) - sumOf(one.seen)) / Math.max(0.1, (other.at - one.at) / 1000);
}

/** What changed in the table while requests were sent: then nobody knows by which weights they were spread. */
function changeAmong(tables: readonly Table[]): string | undefined {
  const [first, ...others] = tables;
  for (const { host, servers } of others) {
    const was = new Map(first?.servers.map(({ server, weight }) => [server, weight]));
    for (const { server, weight } of servers) {
      const before = was.get(server);
      if (before === undefined) return `${server} came into the table of ${host} while requests were sent`;
      if (before !== weight)
        return `${host} changed the weight of ${server} from ${before} to ${weight} while requests were sent`;
      was.delete(server);
    }
    const [gone] = was.keys();
    if (gone !== undefined) return `${gone} went out of the table of ${host} while requests were sent`;
  }
  return undefined;
}
