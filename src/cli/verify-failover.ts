import type { FailoverPlan, FaultKind } from '../verify/failover-plan.ts';
import type { JudgedTimeline } from '../verify/told.ts';
import {
  askerFor,
  type Consent,
  objectionsIn,
  refused,
  spanText,
  tellStep,
  wayTo,
  wholeNumber,
  withoutConsent,
} from './disruption.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Terminal } from './terminal.ts';
import { conclude, keepTimelines, setScene, type VerifyArguments } from './verify.ts';

/** The command line of `verify failover`. */
export interface FailoverArguments extends VerifyArguments, Consent {
  readonly fault: FaultKind;
  readonly master?: string | undefined;
  readonly runs: string;
  readonly 'per-year': string;
  readonly hold?: string | undefined;
}

/** Lets the master of a cluster fail and judges what comes of it: plans, asks, arms the undo, does it, watches, reports. */
export async function verifyFailover(args: FailoverArguments, terminal: Terminal): Promise<ExitCode> {
  if (args['show-commands']) {
    const { listVerifyCommands } = await import('../verify/commands.ts');
    terminal.out(listVerifyCommands());
    return EXIT.clean;
  }
  const runs = wholeNumber(args.runs, 'runs', 1, 100) ?? 1;
  const perYear = wholeNumber(args['per-year'], 'per-year', 1, 1_000_000);
  const wantedHold = wholeNumber(args.hold, 'hold', 5, 3600);
  const scene = await setScene(args, terminal);
  const { planFailover } = await import('../verify/failover-planning.ts');
  const { UNDO_SECONDS } = await import('../verify/job.ts');
  const { SETTLE_MS, runFailover } = await import('../verify/failover.ts');
  const objections = await objectionsIn(scene);
  if (objections.length > 0) return refused(objections, terminal);
  const planning = planFailover(scene.cluster, { fault: args.fault, master: args.master, undoAfter: 0 });
  if ('refused' in planning) return refused([planning.refused], terminal);
  const { takeover, restoredWithin } = planning.plan;
  const hold = wantedHold ?? Math.ceil((takeover.latest + SETTLE_MS) / 1000) + 2;
  const plan = { ...planning.plan, restoredWithin: (hold + UNDO_SECONDS) * 1000 + restoredWithin };
  const ask = await askerFor(scene, plan.services);
  terminal.note(planText(plan, runs, hold));
  if (args['dry-run']) return EXIT.clean;
  const refusal = await withoutConsent(args, terminal);
  if (refusal !== undefined) return refused([refusal], terminal);
  const { judgeFailover } = await import('../verify/judge-failover.ts');
  const stopped = terminal.wish?.() ?? new AbortController().signal;
  const judged: JudgedTimeline[] = [];
  let code: ExitCode = EXIT.clean;
  for (let number = 1; number <= runs && code === EXIT.clean && !stopped.aborted; number++) {
    const ran = await runFailover(plan, {
      remote: wayTo(scene),
      declared: scene.settings.controls.get(plan.master),
      ask,
      stopped,
      hold,
      progress: tellStep(terminal),
    });
    const name = `failover of ${plan.routers.map(({ label }) => label).join(', ')}, run ${number}`;
    if (ran.refused !== undefined) {
      if (judged.length === 0) return refused([ran.refused], terminal);
      terminal.note(`lvsdoctor: refused: ${ran.refused}\n`);
      code = EXIT.stopped;
      break;
    }
    keepTimelines(args, [...judged.map(({ timeline }) => timeline), ran.timeline], terminal);
    const judgement = judgeFailover(ran.timeline);
    for (const note of judgement.notes) terminal.note(`${note}\n`);
    judged.push({ name, timeline: ran.timeline, judgement });
    if (ran.aborted !== undefined || !ran.undone) code = EXIT.stopped;
  }
  return Math.max(code, await conclude(judged, scene, args, terminal, perYear)) as ExitCode;
}

function planText(plan: FailoverPlan, runs: number, hold: number): string {
  const { fault, master, successor, routers, services, takeover, comeback, restoredWithin } = plan;
  return `${[
    `the plan: ${runs === 1 ? 'one failover' : `${runs} failovers`} by --fault ${fault}`,
    `  ${master} fails and ${successor} takes over ${routers.flatMap(({ vips }) => vips).join(', ')}`,
    `  clients of ${services.map(({ label }) => label).join(', ') || 'no TCP service'} get no answer for about ${spanText(takeover)}`,
    comeback === undefined
      ? `  ${successor} keeps what it has when ${master} is back`
      : `  ${master} takes all back ${spanText(comeback)} after the undo, and clients may notice it again`,
    `  the undo is armed on ${master} before the fault and comes ${hold} s after it`,
    `  all is whole again ${Math.ceil(restoredWithin / 1000)} s after the fault at the latest, whatever becomes of this program and its links`,
  ].join('\n')}\n`;
}
