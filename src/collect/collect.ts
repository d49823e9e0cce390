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
  /** So many hosts at a time. */
  readonly concurrency: number;
  readonly now: () => number;
  /** Said after each host: how many are done. */
  readonly progress?: (done: number, all: number, host: string) => void;
}

/** Of the time for a host, what is left for the way there and back. */
const MARGIN = 2000;

/**
 * Looks at hosts side by side, in one round trip each; looks come in the order of the hosts, and secrets do not come at
 * all. A host that is slow or dead costs the others nothing but one of the places.
 */
export async function lookAt(remotes: readonly Remote[], looking: Looking): Promise<readonly HostLook[]> {
  const end = looking.now() + looking.deadline;
  const mask = newMask();
  const looks: HostLook[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let at = next++; at < remotes.length; at = next++) {
      const remote = remotes[at] as Remote;
      looks[at] = await lookAtHost(remote, end - looking.now(), mask, looking.now);
      looking.progress?.(++done, remotes.length, remote.host);
    }
  };
  await Promise.all(Array.from({ length: Math.min(looking.concurrency, remotes.length) }, work));
  return looks;
}

async function lookAtHost(
  remote: Remote,
  milliseconds: number,
  mask: Mask,
  now: () => number,
): Promise<HostLook> {
  const { host } = remote;
  const collectedAt = now();
  const failed = (kind: RemoteTrouble, why: string): HostLook => ({
    host,
    collectedAt,
    probes: [],
    failure: { kind, why },
  });
  const seconds = Math.floor((milliseconds - MARGIN) / 1000);
  if (seconds < 1) return failed('timeout', 'the deadline came before its turn');
  try {
    const script = probeScript(PROBES, seconds);
    const { output, code, complaint } = await remote.run(script, AbortSignal.timeout(milliseconds));
    const answer = readAnswer(output, host);
    if (answer === undefined) return failed('command failed', noAnswer(code, complaint));
    return maskLook(lookOf(answer, collectedAt), mask);
  } catch (error) {
    if (error instanceof RemoteFailure) return failed(error.trouble, error.message);
    throw error;
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
