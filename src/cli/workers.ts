import { type ResourceLimits, Worker } from 'node:worker_threads';
import { errorText } from '../report/words.ts';
import type { Seen, Task } from './task.ts';

/** How tasks are shared out. */
export interface Sharing {
  /** The file that each thread runs: it serves tasks. */
  readonly program: URL;
  readonly threads: number;
  /** The memory that each may take; left out, what Node gives it. */
  readonly limits?: ResourceLimits;
  /** Told after each batch. */
  readonly progress?: (done: number) => void;
}

/** So many clusters at a time: a message costs little beside them, and at the end no thread waits long for another. */
const BATCH = 16;

/**
 * Judges tasks in threads and gives what was seen in their order. A thread that dies takes nothing with it but the task
 * that kills it: what it had in hand is handed out again, one by one.
 */
export async function seenByThreads(
  tasks: readonly Task[],
  { program, threads, limits, progress }: Sharing,
): Promise<readonly Seen[]> {
  const open: (readonly Task[])[] = [];
  for (let at = 0; at < tasks.length; at += BATCH) open.push(tasks.slice(at, at + BATCH));
  const seen = new Map<Task, Seen>();
  const keep = (task: Task, answer: Seen) => seen.set(task, answer);
  const work = async () => {
    let worker: Worker | undefined;
    for (let batch = open.shift(); batch !== undefined; batch = open.shift()) {
      worker ??= new Worker(program, { ...(limits && { resourceLimits: limits }) });
      const answer = await answerOf(worker, batch);
      if (typeof answer !== 'string') {
        for (const [at, task] of batch.entries()) if (answer[at] !== undefined) keep(task, answer[at]);
      } else {
        worker = undefined;
        if (batch.length > 1) open.push(...batch.map((task) => [task]));
        else for (const task of batch) keep(task, lost(task, answer));
      }
      progress?.(seen.size);
    }
    await worker?.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(threads, open.length) }, work));
  return tasks.map((task) => seen.get(task) ?? lost(task, 'it gave no answer'));
}

/** What a thread saw, or why it died. */
function answerOf(worker: Worker, tasks: readonly Task[]): Promise<readonly Seen[] | string> {
  return new Promise((resolve) => {
    const settle = (answer: readonly Seen[] | string) => {
      for (const event of ['message', 'messageerror', 'error', 'exit']) worker.removeAllListeners(event);
      resolve(answer);
    };
    worker.once('message', settle);
    for (const event of ['messageerror', 'error']) worker.once(event, (error) => settle(errorText(error)));
    worker.once('exit', (code) => settle(`it ended with code ${code}`));
    worker.postMessage(tasks);
  });
}

function lost({ request }: Task, why: string): Seen {
  const gap = {
    host: '',
    name: request.paths.join(' ') || 'this folder',
    why: `the thread that judged it died: ${why}`,
  };
  return {
    verdict: { findings: [], ignored: [], notJudged: [], judged: new Map(), gaps: [gap], broken: [] },
    missed: [gap],
    hosts: [],
    fails: false,
    lost: true,
  };
}
