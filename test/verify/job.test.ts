import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localRemote } from '../../src/collect/local.ts';
import { type ArmedJob, arm } from '../../src/verify/armed-job.ts';
import { type JobActions, type JobState, type JobTimes, readJobs } from '../../src/verify/job.ts';

/* The job itself, run by the shell of this machine; what it does is to write words into a file. */

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-job-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const said = () => readFileSync(join(folder, 'said'), { encoding: 'utf8', flag: 'a+' }).trim();
const word = (text: string) => `echo ${text} >>'${folder}/said'`;
const actions = (more: Partial<JobActions> = {}): JobActions => ({
  ready: 'true',
  fault: word('fault'),
  undo: word('undo'),
  undone: `grep -q undo '${folder}/said'`,
  ...more,
});

async function armed(wanted: JobActions, times: JobTimes): Promise<ArmedJob> {
  const job = await arm(localRemote(), wanted, times);
  if ('why' in job) throw new Error(job.why);
  return job;
}

/** What the machine shows of a job, when it shows it; undefined where it is gone. */
async function until(
  { token, pid }: ArmedJob,
  wanted: (job: JobState | undefined) => boolean,
): Promise<JobState | undefined> {
  for (;;) {
    const script = `kill -0 ${pid} 2>/dev/null && echo here; grep -a -z -s -h '^LVSDOCTOR_VERIFY=${token} ' /proc/[0-9]*/environ | tr '\\000' '\\n' | sed 's/^LVSDOCTOR_VERIFY=//'; :`;
    const { output } = await localRemote().run(script, AbortSignal.timeout(10_000));
    const text = new TextDecoder().decode(output);
    const job = readJobs(text).find((each) => each.token === token);
    if (wanted(job) && (job !== undefined || !text.startsWith('here'))) return job;
  }
}
const is = (state: JobState['state']) => (job: JobState | undefined) => job?.state === state;
const signal = ({ pid }: ArmedJob, name: NodeJS.Signals) => process.kill(pid, name);

test('a job that nobody asks for the fault ends and has done nothing', async () => {
  const job = await armed(actions(), { expire: 1, hold: 1 });
  expect(await until(job, (state) => state === undefined)).toBeUndefined();
  expect(said()).toBe('');
});

test('a host that cannot undo the fault refuses it', async () => {
  expect(await arm(localRemote(), actions({ ready: 'false' }), { expire: 5, hold: 1 })).toHaveProperty('why');
  expect(said()).toBe('');
});

test('the undo comes by itself, and the job says when', async () => {
  const job = await armed(actions(), { expire: 30, hold: 2 });
  signal(job, 'SIGUSR1');
  const state = await until(job, is('undone'));
  expect(said().split('\n')).toEqual(['fault', 'undo']);
  const [begun = 0, done = 0, undoing = 0, undone = 0] = state?.times ?? [];
  expect(done).toBeGreaterThanOrEqual(begun);
  expect(undoing - begun).toBeGreaterThan(1);
  expect(undone).toBeGreaterThanOrEqual(undoing);
  signal(job, 'SIGTERM');
  expect(await until(job, (left) => left === undefined)).toBeUndefined();
});

test('the undo comes at once where somebody asks for it', async () => {
  const job = await armed(actions(), { expire: 30, hold: 600 });
  signal(job, 'SIGUSR1');
  await until(job, is('faulted'));
  signal(job, 'SIGTERM');
  await until(job, is('undone'));
  signal(job, 'SIGTERM');
  expect(said().split('\n')).toEqual(['fault', 'undo']);
});

test('a fault that hangs does not keep the undo away', async () => {
  const job = await armed(actions({ fault: `${word('fault')}\nsleep 20` }), { expire: 30, hold: 1 });
  signal(job, 'SIGUSR1');
  await until(job, is('undone'));
  signal(job, 'SIGTERM');
  expect(said().split('\n')).toEqual(['fault', 'undo']);
});

test('an undo that fails is tried again', async () => {
  const undone = `[ "$(grep -c undo '${folder}/said')" -ge 2 ]`;
  const job = await armed(actions({ undone }), { expire: 30, hold: 1 });
  signal(job, 'SIGUSR1');
  await until(job, is('undone'));
  signal(job, 'SIGTERM');
  expect(said().split('\n')).toEqual(['fault', 'undo', 'undo']);
});

test('a job outlives the shell that armed it, with all that it started', async () => {
  const stopped = new AbortController();
  const job = await armed(actions(), { expire: 30, hold: 2 });
  const shell = localRemote().run(`kill -s USR1 ${job.pid}; sleep 60`, stopped.signal);
  await until(job, is('faulted'));
  stopped.abort();
  await expect(shell).rejects.toThrow();
  await until(job, is('undone'));
  signal(job, 'SIGTERM');
  expect(said().split('\n')).toEqual(['fault', 'undo']);
});
