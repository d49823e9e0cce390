import { randomBytes } from 'node:crypto';
import { type Remote, RemoteFailure } from '../collect/remote.ts';
import { isPending, type JobActions, type JobState, type JobTimes, jobScript, readJobs } from './job.ts';
import { armScript, type Session } from './session.ts';

/** A job that was seen alive on its host, and waits for the word. */
export interface ArmedJob {
  readonly token: string;
  readonly pid: number;
}

const ARM_MS = 60_000;

/** Arms a job on a host and sees it alive; else says why it is not, and nothing happens there. */
export async function arm(
  remote: Remote,
  actions: JobActions,
  times: JobTimes,
): Promise<ArmedJob | { readonly why: string }> {
  const token = randomBytes(6).toString('hex');
  try {
    const script = armScript(token, jobScript(actions, times));
    const { output, complaint } = await remote.run(script, AbortSignal.timeout(ARM_MS));
    const job = readJobs(new TextDecoder().decode(output)).find((each) => each.token === token);
    if (job?.state === 'armed') return job;
    if (job?.state === 'refused')
      return { why: 'the host lacks what the fault takes (tc with clsact, or iptables)' };
    return { why: complaint.trim().split('\n')[0] || 'the job was not seen alive' };
  } catch (error) {
    if (error instanceof RemoteFailure) return { why: error.message };
    throw error;
  }
}

/** The jobs of a host that may still do or undo something. */
export async function pendingJobs(session: Session): Promise<readonly JobState[]> {
  return readJobs(await session.ask('jobs')).filter(isPending);
}

/** How far a job is; undefined where the host knows nothing of it any more. */
export async function stateOf(session: Session, { token }: ArmedJob): Promise<JobState | undefined> {
  // Between two waits the job stands nowhere for a moment.
  for (let tries = 0; tries < 3; tries++) {
    const job = readJobs(await session.ask('jobs')).find((each) => each.token === token);
    if (job !== undefined) return job;
  }
  return undefined;
}
