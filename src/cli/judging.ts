import { availableParallelism } from 'node:os';
import { type Disk, localDisk } from '../collect/files.ts';
import type { Sieve } from '../judge/sieve.ts';
import { WrongUse } from './exit.ts';
import { joined, type Seen, seenOf, type Task } from './task.ts';
import type { Terminal } from './terminal.ts';
import { seenByThreads } from './workers.ts';

/** With fewer clusters, nobody's wish set aside, threads start more slowly than one judges: decision 11 has the figures. */
const WORTHWHILE = 100;

/** The threads that `--jobs` asks for; undefined where nothing is said. */
export function jobsOf(wanted: string | undefined): number | undefined {
  if (wanted === undefined) return undefined;
  if (!/^[1-9]\d{0,2}$/.test(wanted)) throw new WrongUse(`--jobs ${wanted} is no number from 1 to 999`, true);
  return Number(wanted);
}

/**
 * Judges every cluster by itself, with progress on a terminal. Threads see the files of this machine as they are: what is
 * held against a change or a baseline, repaired in memory or rendered, is judged here.
 */
export async function judgeTasks(
  tasks: readonly Task[],
  disk: Disk,
  sieves: readonly Sieve[],
  jobs: number | undefined,
  { program, status }: Terminal,
): Promise<Seen> {
  const progress = (done: number) => status?.(`${done} of ${tasks.length} clusters judged`);
  const threads = jobs ?? (tasks.length < WORTHWHILE ? 1 : availableParallelism());
  const isAsItIs =
    disk === localDisk && sieves.length === 0 && tasks.every(({ request }) => request.render === undefined);
  const all: Seen[] = [];
  if (threads > 1 && tasks.length > 1 && program !== undefined && isAsItIs)
    all.push(...(await seenByThreads(tasks, { program, threads, progress })));
  else
    for (const task of tasks) {
      all.push(await seenOf(task, disk, sieves));
      if (tasks.length > 1) progress(all.length);
    }
  if (tasks.length > 1) status?.('');
  return joined(all);
}
