import { type Remote, RemoteFailure } from '../collect/remote.ts';
import { arm, pendingJobs } from './armed-job.ts';
import type { FailoverPlan } from './failover-plan.ts';
import { failoverFault } from './fault.ts';
import { doAndUndo, SILENCE_MS } from './fault-run.ts';
import { type HeldConnection, holdConnections } from './held-connections.ts';
import { type NodeWatch, watchNode } from './node-watch.ts';
import { pause } from './pause.ts';
import { type AskService, type Prober, startProber } from './prober.ts';
import { newRecorder, type Recorder } from './recorder.ts';
import { controlOf, type DeclaredControl } from './service-control.ts';
import type { Did, Timeline } from './timeline.ts';

/** Who does what in a failover. */
export interface FailoverRun {
  readonly remote: (host: string) => Remote;
  readonly declared: DeclaredControl | undefined;
  readonly ask: AskService;
  /** Aborted where somebody wants it to end: then everything is undone at once. */
  readonly stopped: AbortSignal;
  readonly progress: (did: Did) => void;
  /** Seconds from the fault to its undo. */
  readonly hold: number;
}

/** How it went. */
export interface RanFailover {
  readonly timeline: Timeline<FailoverPlan>;
  /** Why nothing was touched. */
  readonly refused?: string;
  /** Why it was ended before its time. */
  readonly aborted?: string;
  /** The host itself says that all is as it was; false where it says otherwise, or nothing. */
  readonly undone: boolean;
}

/** Milliseconds in which everything has to be as it always is, before the fault. */
const BASELINE_MS = 2000;
/** Milliseconds after a takeover or a return in which something may still happen: keepalived announces again after 5 s. */
export const SETTLE_MS = 6000;
const TICK_MS = 100;
/** Seconds that a job waits for the word to begin. */
const EXPIRE = 120;
const CONNECTIONS = 4;

/** What a run has at hand. */
interface Stage {
  readonly plan: FailoverPlan;
  readonly run: FailoverRun;
  readonly recorder: Recorder;
  readonly prober: Prober;
  readonly held: readonly HeldConnection[];
  readonly successor: NodeWatch;
  /** The last one that was opened. */
  master: NodeWatch;
}

/** Does one failover and watches it: arms the undo on the master, does the fault, sees it undone. */
export async function runFailover(plan: FailoverPlan, run: FailoverRun): Promise<RanFailover> {
  const recorder = newRecorder(run.progress);
  const closing: (() => unknown)[] = [];
  const end = (how: Omit<RanFailover, 'timeline'>): RanFailover => {
    recorder.did('end', how.refused ?? 'the test is over');
    return { timeline: recorder.timeline('failover', plan), ...how };
  };
  const refuse = (refused: string) => end({ refused, undone: true });
  try {
    recorder.did('start', `a failover from ${plan.master} to ${plan.successor}`);
    const [master, successor] = await Promise.all([watch(plan.master), watch(plan.successor)]);
    const objection = await lastObjection(plan, master, successor);
    if (objection !== undefined) return refuse(objection);
    const control = controlOf(await master.session.ask('service'), run.declared);
    if ('why' in control)
      return refuse(`nobody knows how keepalived on ${plan.master} is stopped: ${control.why}`);
    const prober = startProber(plan.services, run.ask, recorder);
    closing.push(() => prober.end());
    const opened = await Promise.all(plan.services.map((service) => holdConnections(service, CONNECTIONS)));
    const held = opened.flat();
    for (const each of held) closing.push(() => void each.end());
    await pause(BASELINE_MS, run.stopped);
    if (run.stopped.aborted) return refuse('it was stopped before anything was touched');
    if (plan.services.length > 0 && (prober.answered() === 0 || prober.failingFor() > 0))
      return refuse('the client gets no answer from the services as they are');
    const interfaces = [...new Set(plan.routers.flatMap(({ interfaces: at }) => at[plan.master] ?? []))];
    const vips = plan.routers.flatMap((router) => router.vips);
    const fault = failoverFault(plan.fault, { control, interfaces, vips });
    const armed = await arm(run.remote(plan.master), fault, { expire: EXPIRE, hold: run.hold });
    if ('why' in armed) return refuse(`the undo is not armed on ${plan.master}: ${armed.why}`);
    recorder.did(
      'arm',
      `the undo is armed, process ${armed.pid}: ${run.hold} s after the fault at the latest`,
      {
        host: plan.master,
      },
    );
    const stage: Stage = { plan, run, recorder, prober, held, master, successor };
    const { aborted, undone } = await doAndUndo(
      {
        armed,
        does: fault.does,
        hold: run.hold,
        way: master,
        reopen: async () => {
          stage.master = await watch(plan.master);
          return stage.master;
        },
        objection: (since) => objectionIn(stage, since),
        begun: (at) => tellDead(stage, at),
      },
      recorder,
    );
    if (aborted === undefined && undone) await watchReturn(stage);
    await prober.end();
    return end({ undone, ...(aborted !== undefined && { aborted }) });
  } catch (error) {
    if (error instanceof RemoteFailure) return refuse(`a director cannot be watched: ${error.message}`);
    throw error;
  } finally {
    await Promise.all(closing.map((close) => close()));
  }

  async function watch(host: string): Promise<NodeWatch> {
    const node = await watchNode(
      run.remote(host),
      {
        vips: plan.routers.flatMap(({ vips }) => vips),
        interfaces: [...new Set(plan.routers.flatMap(({ interfaces }) => interfaces[host] ?? []))],
        life: run.hold + 180,
      },
      recorder,
    );
    closing.push(() => node.session.close());
    return node;
  }
}

/** Why the fault is not done after all: what was true when the plan was made may have changed. */
async function lastObjection(
  { routers, master, successor }: FailoverPlan,
  first: NodeWatch,
  second: NodeWatch,
): Promise<string | undefined> {
  const vips = routers.flatMap((router) => router.vips);
  const lacking = vips.filter((vip) => !first.held().includes(vip));
  if (lacking.length > 0) return `${master} does not hold ${lacking.join(', ')} any more`;
  if (second.held().length > 0) return `${successor} holds ${second.held().join(', ')} too`;
  for (const { session } of [first, second]) {
    if ((await session.ask('alive')) !== 'yes') return `keepalived does not run on ${session.host}`;
    const [job] = await pendingJobs(session);
    if (job !== undefined)
      return `${session.host} has a job of an earlier run, process ${job.pid}, ${job.state}: wait until it is done, or undo it with "kill ${job.pid}"`;
  }
  return undefined;
}

/** What a node that lost its power holds: nothing that others see, and it cannot say so. */
function tellDead({ recorder, plan }: Stage, at: number): void {
  if (plan.fault === 'crash') recorder.saw({ kind: 'holder', host: plan.master, vips: [] }, { at });
}

/** What ends a test at once. */
async function objectionIn(
  { plan, run, recorder, prober, master, successor }: Stage,
  since: number,
): Promise<string | undefined> {
  if (run.stopped.aborted) return 'stopped by its user';
  const alive = await successor.session.ask('alive', SILENCE_MS).catch(() => 'unknown');
  if (recorder.now() - successor.session.heardAt() > SILENCE_MS) return `${plan.successor} is out of sight`;
  if (alive === 'no') return `keepalived does not run on ${plan.successor} any more`;
  const late = plan.takeover.latest + plan.advertInterval + SILENCE_MS;
  const both = master.held().filter((vip) => successor.held().includes(vip));
  if (plan.fault === 'stop' && both.length > 0 && since > late)
    return `${plan.master} and ${plan.successor} both hold ${both.join(', ')}`;
  if (plan.services.length > 0 && prober.failingFor() > late + plan.takeover.latest)
    return `the client has had no answer for ${Math.round(prober.failingFor() / 1000)} s`;
  return undefined;
}

/** After the undo: whether the old master has all back, and what that costs; then what became of open connections. */
async function watchReturn({ plan, run, recorder, held, master }: Stage): Promise<void> {
  const from = recorder.now();
  const latest = plan.comeback === undefined ? 0 : plan.comeback.latest * 2 + SILENCE_MS;
  const vips = plan.routers.flatMap((router) => router.vips);
  while (recorder.now() - from < latest && !run.stopped.aborted) {
    await pause(TICK_MS, run.stopped);
    if (vips.every((vip) => master.held().includes(vip))) break;
  }
  await pause(SETTLE_MS, run.stopped);
  await Promise.all(
    held.map(async ({ service, id, end }) => {
      const alive = await end();
      if (alive !== undefined) recorder.saw({ kind: 'connection', service, id, alive });
    }),
  );
}
