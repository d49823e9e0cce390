import { type Remote, RemoteFailure } from '../collect/remote.ts';
import { arm, pendingJobs } from './armed-job.ts';
import { serverFault } from './fault.ts';
import { doAndUndo, SILENCE_MS } from './fault-run.ts';
import { holdConnections } from './held-connections.ts';
import { clockOf } from './host-clock.ts';
import { readConnections, readListed } from './ipvs-proc.ts';
import { pause } from './pause.ts';
import { type AskService, startProber } from './prober.ts';
import type { RealServerPlan } from './real-server-plan.ts';
import { newRecorder, type Recorder } from './recorder.ts';
import type { DeclaredControl } from './service-control.ts';
import { openSession, type Session } from './session.ts';
import type { Did, Timeline } from './timeline.ts';

/** Who does what while a real server fails. */
export interface RealServerRun {
  readonly remote: (host: string) => Remote;
  readonly declared: DeclaredControl | undefined;
  readonly ask: AskService;
  readonly stopped: AbortSignal;
  readonly progress: (did: Did) => void;
  /** Seconds from the fault to its undo. */
  readonly hold: number;
}

/** How it went. */
export interface RanRealServer {
  readonly timeline: Timeline<RealServerPlan>;
  readonly refused?: string;
  readonly aborted?: string;
  readonly undone: boolean;
}

const BASELINE_MS = 2000;
const TICK_MS = 100;
const EXPIRE = 120;
/** So many that some of them fall to each of several servers. */
const CONNECTIONS = 8;

/** Takes one service of one real server away, watches the directors take it out and in again, and what clients notice. */
export async function runRealServer(plan: RealServerPlan, run: RealServerRun): Promise<RanRealServer> {
  const recorder = newRecorder(run.progress);
  const closing: (() => unknown)[] = [];
  const end = (how: Omit<RanRealServer, 'timeline'>): RanRealServer => {
    recorder.did('end', how.refused ?? 'the test is over');
    return { timeline: recorder.timeline('real-server', plan), ...how };
  };
  const refuse = (refused: string) => end({ refused, undone: true });
  try {
    recorder.did('start', `${plan.server} on ${plan.host} fails`);
    const directors = await Promise.all(plan.directors.map((host) => watchTable(host)));
    const way = await openWay();
    const [job] = await pendingJobs(way.session);
    if (job !== undefined)
      return refuse(
        `${plan.host} has a job of an earlier run, process ${job.pid}, ${job.state}: wait until it is done, or undo it with "kill ${job.pid}"`,
      );
    const prober = startProber([plan.service], run.ask, recorder);
    closing.push(() => prober.end());
    const held = await holdConnections(plan.service, CONNECTIONS);
    for (const each of held) closing.push(() => void each.end());
    await pause(BASELINE_MS, run.stopped);
    if (run.stopped.aborted) return refuse('it was stopped before anything was touched');
    const without = directors.find(({ isIn }) => !isIn());
    if (without !== undefined)
      return refuse(`${without.session.host} does not have ${plan.server} in its table`);
    if (prober.answered() === 0 || prober.failingFor() > 0)
      return refuse(`the client gets no answer from ${plan.service.label} as it is`);
    const elsewhere = await connectionsElsewhere(held, directors[0]?.session, plan.server);
    const fault = serverFault(plan.fault, plan.port, run.declared);
    const armed = await arm(run.remote(plan.host), fault, { expire: EXPIRE, hold: run.hold });
    if ('why' in armed) return refuse(`the undo is not armed on ${plan.host}: ${armed.why}`);
    recorder.did(
      'arm',
      `the undo is armed, process ${armed.pid}: ${run.hold} s after the fault at the latest`,
      { host: plan.host },
    );
    const { aborted, undone } = await doAndUndo(
      {
        armed,
        does: fault.does,
        hold: run.hold,
        way,
        reopen: openWay,
        objection: async () => {
          if (run.stopped.aborted) return 'stopped by its user';
          const [director] = directors;
          if (director === undefined) return undefined;
          const alive = await director.session.ask('alive', SILENCE_MS).catch(() => 'unknown');
          if (alive === 'no') return `keepalived does not run on ${director.session.host} any more`;
          if (recorder.now() - director.session.heardAt() > SILENCE_MS)
            return `${director.session.host} is out of sight`;
          // Half of the requests fail until the server is out; all of them must not.
          return prober.failingFor() > SILENCE_MS
            ? 'the client has had no answer for some seconds'
            : undefined;
        },
      },
      recorder,
    );
    if (aborted === undefined && undone) {
      const from = recorder.now();
      while (
        recorder.now() - from < plan.comeback.latest * 2 + SILENCE_MS &&
        !directors.every(({ isIn }) => isIn())
      )
        await pause(TICK_MS, run.stopped);
      await pause(BASELINE_MS, run.stopped);
      for (const { service, id, end: ended } of elsewhere) {
        const alive = await ended();
        if (alive !== undefined) recorder.saw({ kind: 'connection', service, id, alive });
      }
    }
    await prober.end();
    return end({ undone, ...(aborted !== undefined && { aborted }) });
  } catch (error) {
    if (error instanceof RemoteFailure) return refuse(`a host cannot be watched: ${error.message}`);
    throw error;
  } finally {
    await Promise.all(closing.map((close) => close()));
  }

  async function openWay() {
    const session = await openSession(
      run.remote(plan.host),
      { interfaces: [], life: run.hold + 180 },
      () => undefined,
    );
    closing.push(() => session.close());
    const clock = await clockOf(session, recorder.now);
    return { session, ofBoot: (seconds: number) => ({ at: clock.ofBoot(seconds), within: clock.within }) };
  }

  async function watchTable(host: string) {
    const watch = await openTableWatch(run.remote(host), plan, run.hold + 180, recorder);
    closing.push(() => watch.session.close());
    return watch;
  }
}

/** Those that another server has; without the director's word, none can be told apart. */
async function connectionsElsewhere<T extends { readonly port: number }>(
  held: readonly T[],
  director: Session | undefined,
  failing: string,
): Promise<readonly T[]> {
  if (held.length === 0 || director === undefined) return [];
  const ports = held.map(({ port }) => port.toString(16).toUpperCase().padStart(4, '0')).join('|');
  const known = readConnections(await director.ask(`connections ${ports}`).catch(() => ''));
  return held.filter(({ port }) => known.has(port) && known.get(port) !== failing);
}

/** Notes each change of a director's table, with the last look that showed the one before. */
async function openTableWatch(remote: Remote, plan: RealServerPlan, life: number, recorder: Recorder) {
  let isIn = false;
  const early: string[] = [];
  let take = (text: string): void => void early.push(text);
  const session = await openSession(remote, { interfaces: [], table: true, life }, ({ kind, text }) => {
    if (kind === 'table') take(text);
  });
  const clock = await clockOf(session, recorder.now);
  const service = plan.service.label;
  const key = plan.service.address.includes(':') ? `[${plan.service.address}]` : plan.service.address;
  let servers: readonly { readonly server: string; readonly weight: number }[] | undefined;
  take = (text) => {
    const [before, up, ...rest] = text.split(' ');
    const listed = readListed(rest.join(' ')).find((each) => each.key === `${key}:${plan.service.port}`);
    const saw = (time: number, seen: NonNullable<typeof servers>) =>
      recorder.saw(
        { kind: 'table', host: remote.host, service, servers: seen },
        { at: clock.ofBoot(time), within: clock.within },
      );
    if (servers !== undefined) saw(Number(before), servers);
    servers = listed?.servers ?? [];
    saw(Number(up), servers);
    isIn = servers.some(({ server, weight }) => server === plan.server && weight > 0);
  };
  for (const text of early) take(text);
  return { session, isIn: () => isIn };
}
