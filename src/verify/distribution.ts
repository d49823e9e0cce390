import { performance } from 'node:perf_hooks';
import type { Remote } from '../collect/remote.ts';
import { COMMANDS, scriptOf } from './commands.ts';
import { readCounters, type ServiceCounters } from './counters.ts';
import type { DistributionPlan, ServicePlan } from './distribution-plan.ts';
import { ask } from './requests.ts';
import type { Moment, Timeline } from './timeline.ts';

/** Who does what in a run: ways to the hosts, and who hears how far it is. */
export interface DistributionRun {
  readonly director: (host: string) => Remote | undefined;
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** The kernel sums its counters up every 2 s (ip_vs_est.c): what is younger may be missing. */
export const COUNTERS_LAG = 2000;
const SETTLE_MS = 10_000;
const AT_ONCE = 8;

/** Sends what the plan says, service after service, and notes what everybody saw. */
export async function runDistribution(
  plan: DistributionPlan,
  run: DistributionRun,
): Promise<Timeline<DistributionPlan>> {
  const started = new Date();
  const zero = performance.now();
  const moments: Moment[] = [];
  const now = () => performance.now() - zero;
  for (const service of plan.services) {
    if (run.signal.aborted) break;
    if (service.requests > 0) await runService(service, run, moments, now);
  }
  return { schemaVersion: 1, test: 'distribution', startedAt: started.toISOString(), plan, moments };
}

async function runService(
  service: ServicePlan,
  run: DistributionRun,
  moments: Moment[],
  now: () => number,
): Promise<void> {
  const count = async () => {
    const seen = await countersOf(service, run);
    if (seen === undefined) {
      moments.push({ at: now(), did: `${service.director} does not tell its counters`, step: 'abort' });
      return undefined;
    }
    const { servers } = seen;
    const from = { host: service.director, service: service.service };
    moments.push({
      at: now(),
      observed: { kind: 'counters', ...from, servers: servers.map(({ weight: _, ...server }) => server) },
    });
    moments.push({
      at: now(),
      observed: {
        kind: 'table',
        ...from,
        servers: servers.map(({ server, weight }) => ({ server, weight })),
      },
    });
    return servers.reduce((sum, { connections }) => sum + connections, 0);
  };
  // Of two reads that far apart the second knows what was there at the first.
  if ((await count()) === undefined) return;
  await pause(COUNTERS_LAG + 200, run.signal);
  const before = await count();
  if (before === undefined) return;
  const { requests } = service;
  moments.push({ at: now(), did: `${requests} requests to ${service.service}`, step: 'start' });
  const answered = await sendAll(service, run, moments, now);
  moments.push({ at: now(), did: `the requests to ${service.service} are sent`, step: 'end' });
  const end = now();
  for (;;) {
    await pause(COUNTERS_LAG + 200, run.signal);
    const after = await count();
    if (after === undefined || after - before >= answered || now() - end > SETTLE_MS || run.signal.aborted)
      return;
  }
}

async function sendAll(
  { service, request, requests, sources }: ServicePlan,
  run: DistributionRun,
  moments: Moment[],
  now: () => number,
): Promise<number> {
  let next = 0;
  let answered = 0;
  const work = async () => {
    for (let number = next++; number < requests && !run.signal.aborted; number = next++) {
      const source = sources.length === 0 ? undefined : sources[number % sources.length];
      const at = now();
      const asked = await ask(request, source);
      if (asked.outcome === 'answered') answered++;
      moments.push({
        at,
        observed: { kind: 'request', service, ...(source !== undefined && { from: source }), ...asked },
      });
      if (number % 50 === 0) run.progress(`${service}: ${number} of ${requests} requests`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answered;
}

const COUNT_MS = 15_000;

async function countersOf(
  { service, director }: ServicePlan,
  { director: wayTo }: DistributionRun,
): Promise<ServiceCounters | undefined> {
  const [kind = '', name = ''] = service.split(' ');
  const [mark = '', family] = name.split('/');
  const script = scriptOf(COMMANDS.counters, {
    KIND: OPTIONS[kind] ?? '-t',
    SERVICE: kind === 'FWM' ? mark : name,
    SIX: kind === 'FWM' && family === '6' ? 'yes' : '',
  });
  const answer = await wayTo(director)?.run(script, AbortSignal.timeout(COUNT_MS));
  return answer && readCounters(new TextDecoder().decode(answer.output));
}

const OPTIONS: Readonly<Record<string, string>> = { TCP: '-t', UDP: '-u', SCTP: '--sctp-service', FWM: '-f' };

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
