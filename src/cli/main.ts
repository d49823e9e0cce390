import { isMainThread } from 'node:worker_threads';
import { run } from './run.ts';
import { processTerminal } from './terminal.ts';
import { serveTasks } from './worker.ts';

if (isMainThread)
  process.exitCode = await run(process.argv.slice(2), processTerminal(new URL(import.meta.url)));
else serveTasks();
