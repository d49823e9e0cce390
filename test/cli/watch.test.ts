import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type State, watch } from '../../src/cli/watch.ts';
import { useProgram } from '../support/program.ts';

const program = useProgram();

const START = Date.UTC(2026, 0, 2, 3, 4, 5);
const SOUND: State = {
  findings: new Map(),
  lost: new Map(),
  verdict: ['VIP 192.0.2.10: clients are answered by lb1'],
  code: 0,
};
const finding = (host: string) => [`name-${host}`, { host, line: `error ${host}: wrong` }] as const;
const withFindings = (...hosts: readonly string[]): State => ({
  ...SOUND,
  findings: new Map(hosts.map(finding)),
  code: 1,
});

/** A watch over looks that each take so long; it is interrupted in the pause behind the last one. */
async function watched(states: readonly State[], { takes = 1000, interval = 30_000 } = {}) {
  const controller = new AbortController();
  const lines: string[] = [];
  const pauses: number[] = [];
  let time = START;
  let open = 0;
  let most = 0;
  let at = 0;
  const code = await watch(
    async () => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      time += takes;
      open--;
      return states[at++] as State;
    },
    {
      interval,
      interrupted: controller.signal,
      out: (text) => lines.push(text),
      clock: {
        now: () => time,
        wait: async (milliseconds) => {
          pauses.push(milliseconds);
          time += milliseconds;
          if (at === states.length) controller.abort();
        },
      },
    },
  );
  return { code, lines, pauses, most };
}

describe('a watch', () => {
  test('prints the first state, and then nothing while nothing changes', async () => {
    const { lines, code } = await watched([withFindings('rs1'), withFindings('rs1'), withFindings('rs1')]);
    expect(lines).toEqual([
      '2026-01-02T03:04:06Z new    error rs1: wrong\n',
      '2026-01-02T03:04:06Z now    VIP 192.0.2.10: clients are answered by lb1\n',
    ]);
    expect(code).toBe(1);
  });

  test('tells what is new and what is gone, and ends with the code of the last state', async () => {
    const { lines, code } = await watched([withFindings('rs1'), withFindings('rs2'), SOUND]);
    expect(lines.slice(2)).toEqual([
      '2026-01-02T03:04:36Z new    error rs2: wrong\n',
      '2026-01-02T03:04:36Z gone   error rs1: wrong\n',
      '2026-01-02T03:05:06Z gone   error rs2: wrong\n',
    ]);
    expect(code).toBe(0);
  });

  test('takes nothing for repaired on a host that is lost', async () => {
    const lost: State = { ...SOUND, lost: new Map([['rs1', 'timeout']]), code: 3 };
    const { lines } = await watched([withFindings('rs1'), lost, lost, withFindings('rs1'), SOUND]);
    expect(lines.slice(2).map((line) => line.slice(21))).toEqual([
      'lost   rs1: timeout\n',
      'back   rs1\n',
      'gone   error rs1: wrong\n',
    ]);
  });

  test('keeps its interval, and begins no look before the last one has ended', async () => {
    expect((await watched([SOUND, SOUND])).pauses).toEqual([29_000, 29_000]);
    const slow = await watched([SOUND, SOUND, SOUND], { takes: 45_000 });
    expect(slow.pauses).toEqual([0, 0, 0]);
    expect(slow.most).toBe(1);
  });

  test('that is interrupted during a look ends at once', async () => {
    const controller = new AbortController();
    const code = await watch(
      () => {
        controller.abort();
        return new Promise<State>(() => undefined);
      },
      {
        interval: 30_000,
        interrupted: controller.signal,
        out: () => undefined,
        clock: { now: () => START, wait: () => Promise.reject(new Error('waited')) },
      },
    );
    expect(code).toBe(0);
  });
});

test('Ctrl-C ends the program with an exit code, not by the signal', async () => {
  const child = spawn(process.execPath, [
    join(program.home, 'lvsdoctor.mjs'),
    'diagnose',
    '--local',
    '--watch',
    '5',
    '--no-settings',
  ]);
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  expect(first.toString()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (?:new|lost|now) {3,4}\S/);
  child.kill('SIGINT');
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBeNull();
  expect([0, 1, 3]).toContain(code);
});

test.each([
  ['--local --watch 1', '--watch 1 is no number of seconds from 5 to 3600'],
  ['--snapshot . --watch', 'a snapshot does not change: --watch is for hosts'],
  ['--local --watch --format json', '--watch prints lines of its own: leave --format out'],
])('%s is wrong use', (args, message) => {
  const { err, status } = program.run(`lvsdoctor diagnose ${args}`, program.folderWith({}));
  expect(err).toContain(message);
  expect(status).toBe(2);
});
