import { type ArmedJob, stateOf } from './armed-job.ts';
import { type JobState, UNDO_SECONDS } from './job.ts';
import { pause } from './pause.ts';
import type { Recorder } from './recorder.ts';
import type { Session } from './session.ts';

/** A host that a fault is done to, as long as it takes. */
export interface Faulted {
  readonly armed: ArmedJob;
  /** What is done, in a sentence behind the name of the host. */
  readonly does: string;
  /** Seconds from the fault to its undo. */
  readonly hold: number;
  /** The way to the host, and a time since its boot as one of the timeline. */
  readonly way: HostWay;
  /** A new way, where the fault has cut the one there was. */
  readonly reopen: () => Promise<HostWay>;
  /** Why the test is to end at once; undefined where it may go on. Gets the milliseconds since the fault. */
  readonly objection: (since: number) => Promise<string | undefined>;
  /** Hears of the fault when its time is known for certain. */
  readonly begun?: (at: number) => void;
}

/** A way to a host, with its clock. */
export interface HostWay {
  readonly session: Session;
  ofBoot(seconds: number): { readonly at: number; readonly within: number };
}

/** How it ended. */
export interface UndoneFault {
  readonly aborted: string | undefined;
  /** The job itself says that all is as it was. */
  readonly undone: boolean;
  readonly way: HostWay;
}

const ASK_EVERY_MS = 500;
/** A way that says nothing for so long is cut. */
export const SILENCE_MS = 4000;

/**
 * The part of a test in which a cluster is not as it was: does the fault and waits until the job has undone it. Whatever
 * happens meanwhile, it goes on asking for the undo, and for its end, until the time that was announced is over.
 */
export async function doAndUndo(faulted: Faulted, recorder: Recorder): Promise<UndoneFault> {
  const { armed, does, hold, reopen, objection } = faulted;
  let { way } = faulted;
  const { host } = way.session;
  const fault = recorder.did('fault', does, { host });
  const sentAt = recorder.now();
  // Where the fault cuts the way, the answer is the first that is lost.
  void way.session.ask(`fault ${armed.pid}`, SILENCE_MS).catch(() => undefined);
  const last = (hold + UNDO_SECONDS) * 1000;
  let aborted: string | undefined;
  let job: JobState | undefined;
  while (recorder.now() - sentAt < last && job?.state !== 'undone' && job?.state !== 'failed') {
    await pause(ASK_EVERY_MS);
    if (aborted === undefined) {
      aborted = await objection(recorder.now() - sentAt);
      if (aborted !== undefined) recorder.did('abort', aborted);
    }
    try {
      if (aborted !== undefined) await way.session.ask(`undo ${armed.pid}`, SILENCE_MS);
      job = (await stateOf(way.session, armed)) ?? job;
    } catch {
      // When the job has undone it, there is a way again.
      if (aborted === undefined && recorder.now() - sentAt < hold * 1000) continue;
      way = await reopen().catch(() => way);
    }
  }
  const [begun, , undoing, undone] = (job?.times ?? []).map((time) => way.ofBoot(time).at);
  if (begun !== undefined) recorder.move(fault, begun);
  faulted.begun?.(begun ?? sentAt);
  if (undoing !== undefined) recorder.did('undo', 'the job undoes it', { host, at: undoing });
  if (job?.state === 'undone')
    recorder.did('undone', 'the host says that it is undone', { host, at: undone ?? recorder.now() });
  // What it waits for is only to be asked.
  if (job?.state === 'undone') await way.session.ask(`undo ${armed.pid}`).catch(() => undefined);
  return { aborted, undone: job?.state === 'undone', way };
}
