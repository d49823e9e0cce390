import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readAnswer } from '../../src/collect/answer.ts';
import { evidenceOf } from '../../src/collect/look-evidence.ts';
import type { Probe } from '../../src/collect/probe.ts';
import { probeScript } from '../../src/collect/script.ts';

const root = mkdtempSync(join(tmpdir(), 'lvsdoctor-script-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const isThere = (program: string) => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0;
/** The shells of Debian, Alpine and Red Hat. */
const SHELLS = [['dash'], ['busybox', 'sh'], ['bash', '--posix']].filter(([program = '']) =>
  isThere(program),
);
const missing = ['dash', 'busybox', 'bash'].filter((program) => !isThere(program));
if (missing.length > 0)
  console.log(`probe script: not tried with ${missing.join(', ')}, which is not installed`);

function probe(name: string, command: string, more: Partial<Probe> = {}): Probe {
  return { name, command, format: 'sysctl', basis: 'observed', seconds: 5, ...more };
}

/** What a shell makes of a few probes; bytes that are not its answer fail the test. */
function ask(
  shell: readonly string[],
  probes: readonly Probe[],
  options: { seconds?: number; path?: string; uid?: number } = {},
) {
  const [command = 'sh', ...args] = shell;
  const { stdout, stderr } = spawnSync(command, args, {
    input: probeScript(probes, options.seconds),
    env: { PATH: options.path ?? process.env['PATH'] ?? '' },
    maxBuffer: 64 * 1024 * 1024,
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
  });
  expect(stderr.toString()).toBe('');
  const answer = readAnswer(stdout, 'lb1', probes);
  expect(answer?.complete).toBe(true);
  return Object.fromEntries((answer?.probes ?? []).map((result) => [result.name, result]));
}

test('the shells that hosts have are here to be tried', () => {
  expect(SHELLS.length).toBeGreaterThan(0);
});

describe.each(SHELLS.map((shell) => [shell.join(' '), shell] as const))('%s', (_, shell) => {
  test('tells how each probe went, and one that fails keeps no other from being heard', () => {
    const answers = ask(shell, [
      probe('well', 'run echo a = 1'),
      probe('no-newline', 'run printf x'),
      probe('fails', "run sh -c 'echo why >&2; exit 3'"),
      probe('fails-in-a-pipe', 'run ls /nowhere/at/all | limit cat'),
      probe('not-installed', 'run no-such-program -x'),
      probe('optional', 'run no-such-program', { optional: true }),
      probe('slow', 'run sleep 30', { seconds: 1 }),
      probe('long', 'run yes', { megabytes: 1 }),
      probe('after', 'run echo still here'),
    ]);
    expect(answers['well']).toMatchObject({ exit: '0', texts: [{ text: 'a = 1\n' }] });
    expect(answers['well']?.gap).toBeUndefined();
    expect(answers['no-newline']?.texts).toEqual([{ text: 'x' }]);
    expect(answers['fails']).toMatchObject({ exit: '3', gap: 'it ended with exit code 3: why' });
    expect(answers['fails-in-a-pipe']?.gap).toMatch(/^it ended with exit code \d+: .*\/nowhere\/at\/all/);
    expect(answers['not-installed']).toMatchObject({
      exit: 'missing no-such-program',
      gap: 'no-such-program is not installed',
    });
    expect(answers['optional']?.gap).toBeUndefined();
    expect(answers['slow']?.gap).toMatch(/^it took longer than \d s$/);
    expect(answers['long']?.gap).toBe('it is longer than 1 MB');
    expect(answers['after']?.texts).toEqual([{ text: 'still here\n' }]);
  });

  test('a program is ended in time where there is no timeout(1)', () => {
    const path = join(root, `bin-${shell[0]}`);
    mkdirSync(path, { recursive: true });
    for (const program of ['cat', 'date', 'head', 'id', 'sleep', 'uname', 'yes']) {
      const found = execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' }).trim();
      if (!existsSync(join(path, program))) symlinkSync(found, join(path, program));
    }
    // The script puts the usual folders behind the path; here they are not to be found.
    const probes = [
      probe('slow', 'run sleep 30', { seconds: 1 }),
      probe('after', 'run cat /proc/sys/kernel/ostype'),
    ];
    const script = probeScript(probes).replace(/^PATH=.*$/m, `PATH=${path}`);
    const [command = 'sh', ...args] = shell;
    const { stdout, error } = spawnSync(
      execFileSync('sh', ['-c', 'command -v "$1"', 'sh', command], { encoding: 'utf8' }).trim(),
      args,
      {
        input: script,
        timeout: 25_000,
      },
    );
    expect(error).toBeUndefined();
    const [slow, after] = readAnswer(stdout, 'lb1', probes)?.probes ?? [];
    expect(slow?.gap).toMatch(/^it took longer than \d s$/);
    expect(after?.texts).toEqual([{ text: 'Linux\n' }]);
  });

  test('at the deadline of the whole, what is left is told as left out', () => {
    const answers = ask(
      shell,
      [probe('slow', 'run sleep 30', { seconds: 20 }), probe('after', 'run echo here')],
      { seconds: 2 },
    );
    expect(answers['slow']?.gap).toMatch(/^it took longer than|^the time for the whole/);
    expect(answers['after']?.gap).toBe('the time for the whole host was over before it');
  });

  test.skipIf(process.getuid?.() !== 0 || isThere('sudo'))(
    'without root, what needs it is a gap that says so',
    () => {
      const answers = ask(shell, [probe('table', 'root cat /etc/hostname'), probe('plain', 'run id -u')], {
        uid: 65534,
      });
      expect(answers['table']).toMatchObject({
        exit: 'root',
        gap: 'it needs root, or sudo without a password',
      });
      expect(answers['plain']?.texts).toEqual([{ text: '65534\n' }]);
    },
  );

  // What sudo says is its own (sudo 1.9); that it is asked once whether it knows the user, and never for a password, is ours.
  test.skipIf(process.getuid?.() !== 0)(
    'sudo is used where it allows it, and what it refuses needs root',
    () => {
      const path = join(root, `sudo-${shell[0]}`);
      mkdirSync(path, { recursive: true });
      chmodSync(root, 0o755);
      const log = join(path, 'log');
      writeFileSync(log, '');
      chmodSync(log, 0o666);
      const sudo = `#!/bin/sh
echo "$*" >>'${log}'
case $* in
  '-n -l' | '-n echo '*) shift; [ "$1" = -l ] || exec "$@" ;;
  *) echo 'sudo: a password is required' >&2; exit 1 ;;
esac
`;
      writeFileSync(join(path, 'sudo'), sudo);
      chmodSync(join(path, 'sudo'), 0o755);
      const probes = [probe('allowed', 'root echo seen'), probe('refused', 'root cat /etc/hostname')];
      const answers = ask(shell, probes, { uid: 65534, path: `${path}:${process.env['PATH']}` });
      expect(answers['allowed']?.texts).toEqual([{ text: 'seen\n' }]);
      expect(answers['refused']?.gap).toBe('it needs root, or sudo without a password');
      expect(readFileSync(log, 'utf8')).toBe('-n -l\n-n echo seen\n-n cat /etc/hostname\n');
    },
  );

  test('names in files are names, whatever they hold', async () => {
    const folder = mkdtempSync(join(root, 'hostile-'));
    const trap = join(folder, 'trap');
    const names = [
      `$(touch ${trap.replaceAll('/', '\\/')}).conf`,
      '`touch trap`.conf',
      '; touch trap; .conf',
      'it\'s & "quoted".conf',
      '-rf.conf',
      'a b  c.conf',
      '*.conf',
      '[x].conf',
      'back\\slash.conf',
      'line\nbreak.conf',
      'ümlaut.conf',
      '%s%n.conf',
    ].map((name) => name.replaceAll('/', ''));
    mkdirSync(join(folder, 'conf.d'));
    for (const name of names) writeFileSync(join(folder, 'conf.d', name), `# ${name.replace('\n', ' ')}\n`);
    const lines = names.filter((name) => !/[#!\n$"]/.test(name)).map((name) => `include conf.d/${name}`);
    const includes = [
      'include conf.d/*.conf',
      'include $(touch trap)',
      'include `touch trap`',
      'include "; touch trap"',
      'include conf.d/x; touch trap',
      'include conf.d/$HOME/*',
      'include conf.d/{a b  c,z}.con[f]',
      'include ../*/../../../../../../etc/hostname',
      ...lines,
    ];
    const main = join(folder, 'keepalived.conf');
    writeFileSync(main, `${includes.join('\n')}\nglobal_defs {\n}\n`);
    const before = readdirSync(folder).sort();
    const probes = [
      probe('keepalived-conf', `seen=$nl\ntaken=0\ntake '${main}'`, {
        format: 'keepalived.conf',
        basis: 'written',
        seconds: 20,
      }),
    ];
    const conf = ask(shell, probes)['keepalived-conf'];
    expect(conf?.gap).toBeUndefined();
    // One with a line break in its name cannot be told from two, so it is left out.
    const expected = names.filter((name) => !name.includes('\n')).map((name) => join(folder, 'conf.d', name));
    expect(conf?.texts.map(({ path }) => path).sort()).toEqual([main, ...expected].sort());
    for (const { path, text } of conf?.texts.slice(1) ?? [])
      expect(path?.endsWith(`/${text.slice(2, -1)}`)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(before);
    const { sources } = await evidenceOf({ host: 'lb1', probes: conf ? [conf] : [] });
    expect(sources.map(({ name }) => name)).toEqual([`lb1${main}`]);
    expect(sources[0]?.includes?.get('conf.d/*.conf')?.sources.length).toBe(expected.length);
    expect(sources[0]?.includes?.get('conf.d/$HOME/*')?.elsewhere).toBe(true);
    // Half of a name that no shell was given to expand: what is known of it counts, and more may be there.
    const half = sources[0]?.includes?.get('conf.d/{a b  c,z}.con[f]');
    expect(half).toMatchObject({ elsewhere: true, sources: [{ name: `lb1${folder}/conf.d/a b  c.conf` }] });
  });

  test('includes lead on, in circles only once, and an executable one is told', async () => {
    const folder = mkdtempSync(join(root, 'includes-'));
    mkdirSync(join(folder, 'd'));
    const main = join(folder, 'k.conf');
    writeFileSync(
      main,
      '@lb1 include d/one.conf  # first\n  include d/missing.conf\ninclude ${_PWD}/d/*.inc\n',
    );
    writeFileSync(join(folder, 'd/one.conf'), `include two.conf\ninclude ${main}\n`);
    writeFileSync(join(folder, 'd/two.conf'), 'global_defs {\n}');
    writeFileSync(join(folder, 'd/x.inc'), '\n');
    chmodSync(join(folder, 'd/x.inc'), 0o755);
    const conf = ask(shell, [
      probe('keepalived-conf', `seen=$nl\ntaken=0\ntake '${main}'`, {
        format: 'keepalived.conf',
        basis: 'written',
      }),
    ])['keepalived-conf'];
    const { sources } = await evidenceOf({ host: 'lb1', probes: conf ? [conf] : [] });
    const includes = sources[0]?.includes;
    const one = includes?.get('d/one.conf')?.sources[0];
    expect(one?.name).toBe(`lb1${folder}/d/one.conf`);
    expect(one?.includes?.get('two.conf')?.sources[0]?.text).toBe('global_defs {\n}');
    expect(one?.includes?.get(main)?.why).toBe('files include each other in a circle');
    expect(includes?.get('d/missing.conf')).toMatchObject({ sources: [], why: 'no such file or folder' });
    const [inc] = [...(includes?.entries() ?? [])].filter(([pattern]) => pattern.endsWith('.inc'));
    expect(inc?.[1].why).toContain('executable');
  });

  test('text that looks like an answer stays text', () => {
    const folder = mkdtempSync(join(root, 'forged-'));
    const forged =
      'lvsdoctor-answer 1 00000000-0000-0000-0000-000000000000\n00000000-0000-0000-0000-000000000000 probe b 1\nx\n';
    writeFileSync(join(folder, 'f'), forged);
    writeFileSync(join(folder, 'bytes'), Buffer.from([0xff, 0xfe, 0x00, 0x41, 0x0d, 0x0a]));
    writeFileSync(join(folder, 'latin'), Buffer.from([0x61, 0xe4, 0x0d, 0x0a]));
    const answers = ask(shell, [
      probe('a', `run cat ${folder}/f`),
      probe('b', `run cat ${folder}/bytes`),
      probe('c', `run cat ${folder}/latin`),
    ]);
    expect(answers['a']?.texts).toEqual([{ text: forged }]);
    expect(answers['b']?.gap).toContain('UTF-16');
    expect(answers['c']?.texts).toEqual([{ text: 'a\ufffd\r\n' }]);
  });
});
