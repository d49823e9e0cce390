import { performance } from 'node:perf_hooks';
import type { Remote } from '../collect/remote.ts';
import type { Client, Heard } from './client.ts';
import { type Counting, startCounting } from './counting.ts';
import type { DistributionPlan, RequestPlan, ServicePlan } from './distribution-plan.ts';
import type { Moment, Timeline } from './timeline.ts';

/** Who does what in a run: the client, ways to the directors, and who hears how far it is. */
export interface DistributionRun {
  readonly client: Client;
  readonly director: (host: string) => Remote | undefined;
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** The kernel sums its counters up every 2 s (ip_vs_est.c): what is younger may be missing. */
const LAG_MS = 2200;
const SETTLE_MS = 10_000;

/** Sends what the plan says, service after service, and notes what everybody saw. */
export async function runDistribution(
  plan: DistributionPlan,
  run: DistributionRun,
): Promise<Timeline<DistributionPlan>> {
  const startedAt = new Date().toISOString();
  const zero = performance.now();
  const log: Log = { moments: [], now: () => performance.now() - zero };
  const shells = new Map<string, Counting>();
  const counting = (host: string) => {
    const remote = run.director(host);
    const shell = shells.get(host) ?? (remote && startCounting(remote));
    if (shell !== undefined) shells.set(host, shell);
    return shell;
  };
  for (const service of plan.services) {
    const { request } = service;
    if (run.signal.aborted) break;
    if (service.requests > 0 && request !== undefined)
      await runService(service, request, { ...run, counting }, log);
  }
  for (const shell of shells.values()) shell.end();
  return { schemaVersion: 1, test: 'distribution', startedAt, plan, moments: log.moments };
}

/** A run with its directors at hand. */
interface Open extends DistributionRun {
  readonly counting: (host: string) => Counting | undefined;
}

interface Log {
  readonly moments: Moment[];
  readonly now: () => number;
}

async function runService(plan: ServicePlan, request: RequestPlan, run: Open, log: Log): Promise<void> {
  const { moments, now } = log;
  const note = (did: string, step: 'start' | 'end' | 'abort') => moments.push({ at: now(), did, step });
  run.progress(`${plan.service}: reading the counters of ${plan.director}`);
  // Of two reads that far apart the second knows what was there at the first.
  const early = await count(plan, run, log);
  await pause(LAG_MS, run.signal);
  const before = early === undefined ? undefined : await count(plan, run, log);
  if (before === undefined) {
    note(`${plan.director} does not tell its counters of ${plan.service}`, 'abort');
    return;
  }
  note(`${plan.requests} requests to ${plan.service}`, 'start');
  const { answered, release } = await send(plan, request, run, log);
  note(`the requests to ${plan.service} are sent`, 'end');
  const end = now();
  let after: number | undefined = before;
  while (after !== undefined && !run.signal.aborted) {
    run.progress(`${plan.service}: waiting for the counters of ${plan.director}`);
    await pause(LAG_MS, run.signal);
    // What was stopped half way is not counted, and so not judged.
    if (run.signal.aborted) break;
    after = await count(plan, run, log);
    if (after === undefined || after - before >= answered || now() - end > SETTLE_MS) break;
  }
  release();
  if (after !== undefined && after - before < answered && !run.signal.aborted) {
    const macs = await run.client.whoHas(request.address);
    moments.push({
      at: now(),
      observed: { kind: 'arp', seenBy: run.client.name, address: request.address, macs },
    });
  }
}

async function send(
  { service, sources, requests, expectation }: ServicePlan,
  request: RequestPlan,
  { client, signal, progress }: DistributionRun,
  { moments, now }: Log,
): Promise<{ readonly answered: number; readonly release: () => void }> {
  const all = Array.from({ length: requests }, (_, number) => sources[number % sources.length] ?? '');
  let answered = 0;
  let done = 0;
  const heard: Heard = (from, asked) => {
    if (asked.outcome === 'answered') answered++;
    moments.push({
      at: now() - asked.milliseconds,
      observed: { kind: 'request', service, from, ...asked },
    });
    if (++done % 20 === 0) progress(`${service}: ${done} of ${requests} requests`);
  };
  if (expectation.kind === 'held')
    return { release: await client.hold(request, all, heard, signal), answered };
  await client.askAll(request, all, heard, signal);
  return { release: () => undefined, answered };
}

/** Notes counters and table of a service; gives the sum of its connections, undefined where they are not told. */
async function count(plan: ServicePlan, run: Open, { moments, now }: Log): Promise<number | undefined> {
  const seen = await run.counting(plan.director)?.read(plan.service);
  if (seen === undefined) return undefined;
  const at = now();
  const from = { host: plan.director, service: plan.service };
  const servers = seen.servers.map(({ weight: _, ...server }) => server);
  const weights = seen.servers.map(({ server, weight }) => ({ server, weight }));
  moments.push({ at, observed: { kind: 'counters', ...from, servers } });
  moments.push({ at, observed: { kind: 'table', ...from, servers: weights } });
  return servers.reduce((sum, { connections }) => sum + connections, 0);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
