import { networkKey } from '../model/endpoint.ts';
import { cycleBounds } from './cycle.ts';
import type { ServicePlan } from './distribution-plan.ts';
import { SOURCE_HASHES, sourceTable } from './hash-table.ts';
import { judgeHeld } from './judge-held.ts';
import { maglevPlace, maglevTable } from './maglev.ts';
import { FALSE_ALARM, fitOf } from './multinomial.ts';
import type { CountedServer, ServiceRun } from './service-run.ts';
import {
  fairest,
  indexOfMost,
  isDrowned,
  otherClients,
  percent,
  type ShareVerdict,
  skewedBy,
  tooFew,
  wholeNumbers,
} from './share-verdict.ts';
import { sharesOf } from './shares.ts';

/** What lagging counters may leave open of a server's share so that a skew of a tenth still shows. */
const MOST_FREE = 0.05;
/** Seconds by which counters may lag behind (ip_vs_est.c). */
const LAG = 2;

/** Judges where connections went by what scheduler and weights promise. */
export function judgeShares(plan: ServicePlan, run: ServiceRun): ShareVerdict {
  const { expectation } = plan;
  const weights = run.servers.map(({ weight }) => weight);
  switch (expectation.kind) {
    case 'cycle':
      return byCycle(
        expectation.by === 'rr' ? weights.map((weight) => Math.min(weight, 1)) : weights,
        plan,
        run,
      );
    case 'connections':
      return byChance(sharesOf(expectation.by, weights), run.own, plan, run, 1);
    case 'clients':
      return byClients(expectation, weights, plan, run);
    case 'one':
      return byOne(expectation.of, weights, run);
    case 'held':
      return judgeHeld(expectation.by, plan, run);
    case 'unknown':
      return { kind: 'unclear', why: expectation.why };
  }
}

/** The cycle deals out all clients' connections, so all are judged; what is open is what lagging counters leave out. */
function byCycle(weights: readonly number[], plan: ServicePlan, run: ServiceRun): ShareVerdict {
  const bounds = cycleBounds(weights, run.total);
  const shares = sharesOf('wrr', weights);
  const lag = (at: number) =>
    Math.min(
      run.foreign,
      Math.ceil(2 * LAG * run.foreignRate * (shares[at] ?? 0)) + (run.foreignRate > 0 ? 1 : 0),
    );
  const off = run.servers.map(({ count }, at) => {
    const { least, most } = bounds[at] ?? { least: 0, most: 0 };
    return Math.max(least - lag(at) - count, count - most - lag(at), 0);
  });
  const worst = indexOfMost(off);
  if ((off[worst] ?? 0) > 0) {
    const { least = 0, most = 0 } = bounds[worst] ?? {};
    return { kind: 'skewed', worst, expected: least === most ? `${least}` : `${least} to ${most}` };
  }
  const hidden = run.servers.some((_, at) => lag(at) > MOST_FREE * run.total * (shares[at] ?? 0));
  if (hidden) return { kind: 'unclear', why: otherClients(run) };
  if (run.own < plan.needed) return { kind: 'unclear', why: tooFew(plan, run.own) };
  return { kind: 'sound', why: 'each whole cycle is dealt out as the weights say' };
}

/** Of fewer clients it says little that each is where it was foretold: of one, half of all guesses are right. */
const LEAST_FORETOLD = 16;

type Clients = Extract<ServicePlan['expectation'], { kind: 'clients' }>;

/** All connections of a client count as one: `each` is how many it opened. */
function byClients(
  expectation: Clients,
  weights: readonly number[],
  plan: ServicePlan,
  run: ServiceRun,
): ShareVerdict {
  const groups = groupsOf(run, expectation.prefix);
  const each = groups.length === 0 ? 1 : run.requests.length / groups.length;
  const clients = run.own / each;
  const shares = sharesOf(expectation.by, weights);
  const foretold = foretell(expectation, groups, run, each);
  const fits = (counts: readonly number[]) =>
    run.servers.every(({ count }, at) => Math.abs(count - each * (counts[at] ?? 0)) <= run.foreign);
  if (groups.length >= LEAST_FORETOLD && !isDrowned(run) && foretold.some(fits))
    return {
      kind: 'sound',
      why: `each of ${groups.length} client addresses is where ${plan.scheduler} puts it`,
    };
  return byChance(shares, clients, plan, run, each);
}

/** Exactly how the clients fall to the servers, by each kernel's hash, or in turn where none of them was known before. */
function foretell(
  { by, persistent }: Clients,
  groups: readonly string[],
  { servers }: ServiceRun,
  each: number,
): readonly (readonly number[])[] {
  const weights = servers.map(({ weight }) => weight);
  const countsOf = (placeOf: (address: string) => number) => {
    const counts = servers.map(() => 0);
    for (const address of groups) {
      const at = placeOf(address);
      counts[at] = (counts[at] ?? 0) + 1;
    }
    return counts;
  };
  if (by === 'sh') {
    const table = sourceTable(weights);
    return SOURCE_HASHES.map((hash) => countsOf((address) => table[hash(address)] ?? 0));
  }
  if (by === 'mh') {
    const table = maglevTable(servers.map(hashed));
    return [countsOf((address) => table[maglevPlace(address)] ?? 0)];
  }
  if (!persistent) return [];
  const turns = by === 'rr' ? weights.map((weight) => Math.min(weight, 1)) : weights;
  const bounds = cycleBounds(turns, groups.length);
  // Whichever of the counts that the cycle allows it is: the one that was seen, if it is one of them.
  const seen = servers.map(({ count }, at) => {
    const { least, most } = bounds[at] ?? { least: 0, most: 0 };
    return Math.min(most, Math.max(least, count / each));
  });
  return [seen];
}

function hashed({ server, weight }: CountedServer) {
  const [, address = '', port = '0'] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(server) ?? [];
  return { address, port: Number(port), weight };
}

/** The clients that the service tells apart, each by the first address that stands for it. */
export function groupsOf({ requests }: ServiceRun, prefix: number): readonly string[] {
  const groups = new Map<string, string>();
  for (const { from } of requests) {
    if (from === undefined) continue;
    const key = networkKey(from, prefix) ?? from;
    if (!groups.has(key)) groups.set(key, from);
  }
  return [...groups.values()];
}

/** Trials fall by chance, or by a hash that is as good: a calibrated test, of the counts that speak best for the service. */
function byChance(
  shares: readonly number[],
  trials: number,
  plan: ServicePlan,
  run: ServiceRun,
  each: number,
): ShareVerdict {
  const total = Math.round(trials);
  const own = wholeNumbers(
    fairest(
      shares.map((share) => share * trials),
      run.servers.map(({ count }) => [Math.max(0, count - run.foreign) / each, count / each]),
    ),
    total,
  );
  const fit = fitOf(own, shares);
  if (fit !== undefined && fit.probability < FALSE_ALARM)
    return skewedBy(own, shares, total, fit.probability, run.own);
  if (isDrowned(run)) return { kind: 'unclear', why: otherClients(run) };
  if (total < plan.needed) return { kind: 'unclear', why: tooFew(plan, total) };
  return fit === undefined
    ? { kind: 'unclear', why: `${shares.length} servers are too many for ${total} ${plan.unit}` }
    : { kind: 'sound', why: `chance alone is as far off in ${percent(fit.probability)} of such runs` };
}

/** One server gets all: the heaviest, where it is said which. Of the others nothing but what may be others' is allowed. */
function byOne(of: 'heaviest' | 'any', weights: readonly number[], run: ServiceRun): ShareVerdict {
  const most = weights.reduce((max, weight) => Math.max(max, weight), 0);
  const counts = run.servers.map(({ count }, at) =>
    (of === 'any' ? (weights[at] ?? 0) > 0 : weights[at] === most) ? count : -1,
  );
  const main = indexOfMost(counts);
  const stray = run.servers.findIndex(({ count }, at) => at !== main && count > run.foreign);
  if (stray < 0) return { kind: 'sound', why: `${run.servers[main]?.server} gets all of them` };
  return { kind: 'skewed', worst: stray, expected: 'none' };
}
