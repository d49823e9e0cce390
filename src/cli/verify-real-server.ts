import type { RealServerPlan, ServerFault } from '../verify/real-server-plan.ts';
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

/** The command line of `verify real-server`. */
export interface RealServerArguments extends VerifyArguments, Consent {
  /** A host of the settings, or the address that the tables have. */
  readonly server?: string | undefined;
  readonly fault: ServerFault;
  readonly hold?: string | undefined;
}

/** Seconds that a server is out before it is given back. */
const OUT_SECONDS = 5;

/** Takes a real server's service away and judges how the directors and the clients fare. */
export async function verifyRealServer(args: RealServerArguments, terminal: Terminal): Promise<ExitCode> {
  if (args['show-commands']) {
    const { listVerifyCommands } = await import('../verify/commands.ts');
    terminal.out(listVerifyCommands());
    return EXIT.clean;
  }
  const wantedHold = wholeNumber(args.hold, 'hold', 5, 3600);
  const scene = await setScene(args, terminal);
  const { planRealServer } = await import('../verify/real-server-plan.ts');
  const { UNDO_SECONDS } = await import('../verify/job.ts');
  const { runRealServer } = await import('../verify/real-server.ts');
  const objections = await objectionsIn(scene);
  if (objections.length > 0) return refused(objections, terminal);
  const planning = planRealServer(scene.cluster, { fault: args.fault, server: args.server, undoAfter: 0 });
  if ('refused' in planning) return refused([planning.refused], terminal);
  const { removal, restoredWithin } = planning.plan;
  const hold = wantedHold ?? Math.ceil(removal.latest / 1000) + OUT_SECONDS;
  const plan = { ...planning.plan, restoredWithin: (hold + UNDO_SECONDS) * 1000 + restoredWithin };
  const ask = await askerFor(scene, [plan.service]);
  terminal.note(planText(plan, hold));
  if (args['dry-run']) return EXIT.clean;
  const refusal = await withoutConsent(args, terminal);
  if (refusal !== undefined) return refused([refusal], terminal);
  const { judgeRealServer } = await import('../verify/judge-real-server.ts');
  const ran = await runRealServer(plan, {
    remote: wayTo(scene),
    declared: scene.settings.controls.get(plan.host),
    ask,
    stopped: terminal.wish?.() ?? new AbortController().signal,
    hold,
    progress: tellStep(terminal),
  });
  if (ran.refused !== undefined) return refused([ran.refused], terminal);
  keepTimelines(args, [ran.timeline], terminal);
  const judgement = judgeRealServer(ran.timeline);
  for (const note of judgement.notes) terminal.note(`${note}\n`);
  const judged = [{ name: `failure of ${plan.server}`, timeline: ran.timeline, judgement }];
  const code = await conclude(judged, scene, args, terminal);
  return ran.aborted !== undefined || !ran.undone ? EXIT.stopped : code;
}

function planText(plan: RealServerPlan, hold: number): string {
  const { fault, host, server, service, directors, checker, isKept, removal, comeback, restoredWithin } =
    plan;
  return `${[
    `the plan: ${server} on ${host} fails by --fault ${fault}`,
    `  ${checker} of ${directors.join(' and ')} ${isKept ? 'gives it weight 0' : 'takes it out'} after ${spanText(removal)}`,
    `  until then some clients of ${service.label} get no answer; what is open on other servers goes on`,
    `  it is in again ${spanText(comeback)} after the undo`,
    `  the undo is armed on ${host} before the fault and comes ${hold} s after it`,
    `  all is whole again ${Math.ceil(restoredWithin / 1000)} s after the fault at the latest, whatever becomes of this program and its links`,
  ].join('\n')}\n`;
}
