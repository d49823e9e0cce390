import { type AnswerLook, readAnswer } from './answer.ts';
import type { HostLook } from './look.ts';
import { PROBES } from './probe.ts';
import { type Remote, RemoteFailure, type RemoteTrouble } from './remote.ts';
import { probeScript } from './script.ts';
import { type Mask, maskLook, newMask } from './secret-mask.ts';

/** How to look at many hosts. */
export interface Looking {
  /** For all hosts together, in milliseconds. */
  readonly deadline: number;
  /** So many hosts at a time, of those that answer. */
  readonly concurrency: number;
  readonly now: () => number;
  /** Said after each host: how many are done. */
  readonly progress?: (done: number, all: number, host: string) => void;
}

/** Of the time for a host, what is left for the way there and back. */
const MARGIN = 2000;
/** So many hosts are asked at a time whether they answer: one that does not costs a socket. */
const KNOCKING = 512;

/**
 * Looks at hosts side by side, in one round trip each; looks come in the order of the hosts, and secrets do not come at
 * all. A host that does not answer takes no place from another.
 */
export async function lookAt(remotes: readonly Remote[], looking: Looking): Promise<readonly HostLook[]> {
  const end = looking.now() + looking.deadline;
  const mask = newMask();
  const places = new Places(looking.concurrency);
  const looks: HostLook[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let at = next++; at < remotes.length; at = next++) {
      const remote = remotes[at] as Remote;
      looks[at] = await lookAtHost(remote, end, places, mask, looking.now);
      looking.progress?.(++done, remotes.length, remote.host);
    }
  };
  await Promise.all(Array.from({ length: Math.min(KNOCKING, remotes.length) }, work));
  return looks;
}

async function lookAtHost(
  remote: Remote,
  end: number,
  places: Places,
  mask: Mask,
  now: () => number,
): Promise<HostLook> {
  const { host } = remote;
  let collectedAt = now();
  let leave = () => {};
  const failed = (kind: RemoteTrouble, why: string): HostLook => ({
    host,
    collectedAt,
    probes: [],
    failure: { kind, why },
  });
  const script = async () => {
    leave = await places.take();
    collectedAt = now();
    const seconds = Math.floor((end - collectedAt - MARGIN) / 1000);
    if (seconds < 1) throw new RemoteFailure('timeout', TOO_LATE);
    return probeScript(PROBES, seconds);
  };
  if (end - collectedAt < MARGIN) return failed('timeout', TOO_LATE);
  try {
    const { output, code, complaint } = await remote.run(script, AbortSignal.timeout(end - collectedAt));
    const answer = readAnswer(output, host);
    if (answer === undefined) return failed('command failed', noAnswer(code, complaint));
    return maskLook(lookOf(answer, collectedAt), mask);
  } catch (error) {
    if (error instanceof RemoteFailure) return failed(error.trouble, error.message);
    throw error;
  } finally {
    leave();
  }
}

const TOO_LATE = 'the deadline came before its turn';

/** Places for some at a time; who waits gets one in turn. */
class Places {
  private readonly waiting: (() => void)[] = [];
  constructor(private free: number) {}

  /** Gives what gives the place back. */
  async take(): Promise<() => void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    return () => {
      const next = this.waiting.shift();
      if (next === undefined) this.free++;
      else next();
    };
  }
}

function noAnswer(code: number | undefined, complaint: string): string {
  const [line = ''] = complaint.trim().split('\n');
  return line || `the host printed no answer to the script (exit code ${code ?? 'unknown'})`;
}

/** What an answer is as a look: one that breaks off is a host that was seen in part. */
export function lookOf({ hostTime, complete, ...look }: AnswerLook, collectedAt?: number): HostLook {
  return {
    ...look,
    ...(collectedAt !== undefined && { collectedAt }),
    ...(collectedAt !== undefined &&
      hostTime !== undefined && { clockOffset: hostTime - Math.floor(collectedAt / 1000) }),
    ...(!complete && { failure: { kind: 'command failed', why: 'the answer breaks off' } }),
  };
}
