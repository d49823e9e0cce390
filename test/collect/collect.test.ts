import { describe, expect, test } from 'vitest';
import { type Looking, lookAt } from '../../src/collect/collect.ts';
import { localRemote } from '../../src/collect/local.ts';
import { evidenceOf } from '../../src/collect/look-evidence.ts';
import { type Remote, RemoteFailure, type RemoteTrouble, textOf } from '../../src/collect/remote.ts';

const looking = (more: Partial<Looking> = {}): Looking => ({
  deadline: 30_000,
  concurrency: 4,
  now: Date.now,
  ...more,
});

/** A host that answers with a text. */
const says = (host: string, output: string): Remote => ({
  host,
  run: async (script) => {
    await textOf(script);
    return { code: 0, output: new TextEncoder().encode(output), complaint: '' };
  },
});
const fails = (host: string, trouble: RemoteTrouble): Remote => ({
  host,
  run: () => Promise.reject(new RemoteFailure(trouble, `why ${host} failed`)),
});

const MARK = '01234567-89ab-cdef-0123-456789abcdef';
const ANSWER = `banner\nlvsdoctor-answer 1 ${MARK}\nhost x\ntime 1000\nuser 0\n
${MARK} probe ipvs-table 5.00\n-A -t 192.0.2.10:80 -s rr\n
${MARK} said 5.25\n
${MARK} probe kernel 5.25\nLinux 6.1\n`;

test('this machine is seen by its own shell', async () => {
  const [look] = await lookAt([localRemote()], looking({ deadline: 60_000 }));
  expect(look?.failure).toBeUndefined();
  expect(Math.abs(look?.clockOffset ?? 99)).toBeLessThan(5);
  const { sources } = await evidenceOf(look ?? { host: '', probes: [] });
  const kernel = sources.find(({ format }) => format === 'kernel-release');
  expect(kernel).toMatchObject({ name: `${look?.host}$ uname -s -r -m`, basis: 'observed' });
  expect(kernel?.text).toMatch(/^Linux \d/);
  expect(sources.find(({ format }) => format === 'sysctl' && kernel)?.basis).toBeDefined();
});

test('six kinds of failure are six results, and keep nobody else from being seen', async () => {
  const troubles = [
    'refused',
    'unreachable',
    'authentication failed',
    'host key refused',
    'timeout',
    'command failed',
  ] as const;
  const remotes = [...troubles.map((trouble) => fails(trouble, trouble)), says('lb1', ANSWER)];
  const done: number[] = [];
  const looks = await lookAt(remotes, looking({ progress: (count) => done.push(count) }));
  expect(looks.map(({ host, failure }) => [host, failure?.kind])).toEqual([
    ...troubles.map((trouble) => [trouble, trouble]),
    ['lb1', 'command failed'],
  ]);
  expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const { gaps } = await evidenceOf(looks[0] ?? { host: '', probes: [] });
  expect(gaps).toEqual([{ host: 'refused', name: 'refused', why: 'refused: why refused failed' }]);
});

describe('an answer that breaks off', () => {
  test('is judged as far as it goes', async () => {
    const [look] = await lookAt([says('lb1', ANSWER)], looking());
    expect(look?.failure).toEqual({ kind: 'command failed', why: 'the answer breaks off' });
    const { sources, gaps } = await evidenceOf(look ?? { host: '', probes: [] });
    expect(sources.map(({ name, text }) => [name, text])).toEqual([
      ['lb1$ ipvsadm -S -n', '-A -t 192.0.2.10:80 -s rr\n'],
    ]);
    const reasons = new Map(gaps.map(({ name, why }) => [name, why]));
    expect(reasons.get('lb1$ uname -s -r -m')).toBe('the answer ends in the middle of it');
    expect(reasons.get('lb1$ sysctl -a')).toBe('the answer ends before it');
  });

  test('line ends of a serial console are the host’s own', async () => {
    const [look] = await lookAt([says('lb1', ANSWER.replaceAll('\n', '\r\n'))], looking());
    expect(look?.probes.find(({ name }) => name === 'ipvs-table')?.texts).toEqual([
      { text: '-A -t 192.0.2.10:80 -s rr\n' },
    ]);
  });

  test.each(['', 'Permission denied\n', 'lvsdoctor-answer 1 nonsense\n'])('%j is none', async (output) => {
    const [look] = await lookAt([says('lb1', output)], looking());
    expect(look).toMatchObject({ probes: [], failure: { kind: 'command failed' } });
  });
});

test('no more hosts at a time than allowed, and none after the deadline', async () => {
  let [open, most] = [0, 0];
  let clock = 0;
  const slow = (host: string): Remote => ({
    host,
    run: async (script) => {
      await textOf(script);
      most = Math.max(most, ++open);
      await Promise.resolve();
      open--;
      clock += 10_000;
      return { code: 0, output: new TextEncoder().encode(ANSWER), complaint: '' };
    },
  });
  const hosts = Array.from({ length: 9 }, (_, at) => slow(`h${at}`));
  const looks = await lookAt(hosts, looking({ concurrency: 3, now: () => clock }));
  expect(most).toBe(3);
  expect(looks.map(({ host }) => host)).toEqual(hosts.map(({ host }) => host));
  expect(looks.filter(({ failure }) => failure?.kind === 'timeout').length).toBeGreaterThan(2);
});

test('hosts that never answer keep none of the others from being seen, however many they are', async () => {
  const silent = (host: string): Remote => ({
    host,
    run: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new RemoteFailure('timeout', 'no answer')));
        late.push(() => reject(new RemoteFailure('timeout', 'no answer')));
      }),
  });
  const late: (() => void)[] = [];
  const dead = Array.from({ length: 200 }, (_, at) => silent(`dead${at}`));
  const live = Array.from({ length: 300 }, (_, at) => says(`lb${at}`, ANSWER));
  const seen: string[] = [];
  const looks = await lookAt(
    [...dead, ...live],
    looking({
      progress: (_, __, host) => {
        seen.push(host);
        // Only when everybody else was seen do the others give up.
        if (seen.length === live.length) for (const giveUp of late) giveUp();
      },
    }),
  );
  expect(new Set(seen.slice(0, live.length))).toEqual(new Set(live.map(({ host }) => host)));
  expect(looks.filter(({ failure }) => failure?.kind === 'timeout')).toHaveLength(dead.length);
});

test('a host that does not end is ended at the deadline', async () => {
  const stuck = localRemote(['sh', '-c', 'sleep 600']);
  await expect(stuck.run('', AbortSignal.timeout(200))).rejects.toMatchObject({
    trouble: 'timeout',
  });
  const none = localRemote(['/nowhere/sh']);
  await expect(none.run('', AbortSignal.timeout(5000))).rejects.toMatchObject({
    trouble: 'command failed',
  });
});
