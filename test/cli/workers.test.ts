import { expect, test } from 'vitest';
import type { Task } from '../../src/cli/task.ts';
import { seenByThreads } from '../../src/cli/workers.ts';

const tasks = Array.from({ length: 50 }, (_, at): Task => {
  const request = { paths: [`c${at}`], workingFolder: '/', declared: [] };
  return { request, settings: { hosts: new Map(), target: {}, rules: {}, failOn: 'warning' } };
});

/** A thread that sees one host in each cluster, and does something else for one of them. */
const threadThat = (what: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    const verdict = { findings: [], ignored: [], notJudged: [], judged: new Map(), gaps: [], broken: [] };
    parentPort.on('message', (tasks) => {
      if (tasks.some(({ request }) => request.paths[0] === 'c7')) { ${what} }
      parentPort.postMessage(tasks.map(({ request }) => ({
        verdict, missed: [], hosts: [{ name: request.paths[0], roles: [], files: [] }], fails: false,
      })));
    });
  `)}`,
  );

test.each([
  ['ends', 'process.exit(3);', 'it ended with code 3'],
  ['throws', "throw new Error('a mistake');", 'a mistake'],
  ['runs out of memory', 'const all = []; for (;;) all.push(new Array(1e6).fill({}));', 'out of memory'],
])(
  'a thread that %s loses the cluster that makes it do so, no other',
  { timeout: 120_000 },
  async (_, what, why) => {
    const shown: number[] = [];
    const seen = await seenByThreads(tasks, {
      program: threadThat(what),
      threads: 2,
      limits: { maxOldGenerationSizeMb: 64 },
      progress: (done) => shown.push(done),
    });
    expect(seen.map(({ hosts, lost }) => hosts[0]?.name ?? lost)).toEqual(
      tasks.map((_, at) => (at === 7 ? true : `c${at}`)),
    );
    expect(seen[7]?.missed[0]).toMatchObject({ name: 'c7', why: expect.stringContaining(why) });
    expect(shown.at(-1)).toBe(50);
  },
);
