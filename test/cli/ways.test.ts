import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { directorAnswer } from '../support/answer.ts';
import { useProgram } from '../support/program.ts';
import { type Keys, newKeys, type Served, type Shell, serve, userWith } from '../support/ssh-server.ts';

const [hostKey, own, stranger] = [newKeys(), newKeys(), newKeys()];
const program = useProgram();
const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-ways-'));
const user = userWith({ id_ed25519: own.private });
const open: (() => void | Promise<void>)[] = [
  user.remove,
  () => rmSync(folder, { recursive: true, force: true }),
];
afterAll(async () => {
  for (const close of open.reverse()) await close();
});

const answers =
  (output: string): Shell =>
  (_, answer) =>
    answer(output, 0);
/** The network dies in the middle of the answer: nothing more comes, and nobody says so. */
const breaksOff: Shell = (_, __, say) => say(directorAnswer('lb2', 'BACKUP').slice(0, 2000));

const served: Record<string, Served> = {};

async function host(name: string, accepted: Keys, shell: Shell): Promise<void> {
  const one = await serve(hostKey, accepted, shell);
  served[name] = one;
  open.push(one.close);
}

/** A way of the settings to a served host. */
const at = (name: string) => `root@127.0.0.1:${served[name]?.port}`;

beforeAll(async () => {
  await host('lb1', own, answers(directorAnswer('lb1', 'MASTER')));
  await host('lb2', own, answers(directorAnswer('lb2', 'BACKUP')));
  await host('dying', own, breaksOff);
  await host('odd', own, answers('This account is not available.\n'));
  await host('locked', stranger, answers(''));
  await host('unknown', own, answers(''));
  await host('refused', own, answers(''));
  await served['refused']?.close();
  const known = Object.keys(served).filter((name) => name !== 'unknown');
  const lines = known.map((name) => `[127.0.0.1]:${served[name]?.port} ${hostKey.public}\n`);
  writeFileSync(join(user.home, '.ssh/known_hosts'), lines.join(''));
  settings({ lb1: at('lb1'), lb2: at('lb2') });
});

/** Settings that say how hosts are reached. */
function settings(ways: Readonly<Record<string, string>>): void {
  const lines = Object.entries(ways).map(([name, to]) => `  ${name}: { role: director, ssh: ${to} }\n`);
  writeFileSync(join(folder, 'lvsdoctor.yaml'), `hosts:\n${lines.join('')}  rs1: { role: real-server }\n`);
}

/** One command line, run in this process. */
async function call(command: string) {
  const said = { out: '', err: '' };
  const status = await run(command.split(' '), {
    env: { HOME: user.home, USER: 'operator' },
    workingFolder: folder,
    columns: undefined,
    out: (text) => {
      said.out += text;
    },
    note: (text) => {
      said.err += text;
    },
    readInput: async () => new TextEncoder().encode(inventory()),
  });
  return { ...said, status };
}

const inventory = () =>
  JSON.stringify({
    _meta: {
      hostvars: {
        lb1: { ansible_host: '127.0.0.1', ansible_port: served['lb1']?.port, ansible_user: 'root' },
        lb2: { ansible_host: '127.0.0.1', ansible_port: served['lb2']?.port },
        web: { ansible_host: '127.0.0.1', ansible_port: served['refused']?.port },
      },
    },
    all: { children: ['lvs', 'web_servers'] },
    lvs: { hosts: ['lb1', 'lb2'] },
    web_servers: { hosts: ['web'] },
  });

interface Report {
  readonly summary: {
    readonly hosts: readonly { readonly name: string; readonly roles: readonly string[] }[];
  };
  readonly gaps: readonly { readonly host: string; readonly why: string }[];
}

/** The hosts of a report that were seen. */
async function seen(command: string): Promise<readonly string[]> {
  const { out, err } = await call(`${command} --format json`);
  expect(err).not.toContain('unreachable');
  return (JSON.parse(out) as Report).summary.hosts.map(({ name }) => name);
}

describe('hosts are those', () => {
  test('of the settings that have ssh', async () => {
    expect(await seen('diagnose')).toEqual(['lb1', 'lb2']);
  });

  test('that the command line names, by the settings or as ssh does', async () => {
    expect(await seen('diagnose lb2')).toEqual(['lb2']);
    expect(await seen(`diagnose --no-settings ${at('lb1')}`)).toEqual(['127.0.0.1']);
    // Two ways to one name are told apart.
    expect(await seen(`diagnose --no-settings ${at('lb1')} ${at('lb2')}`)).toEqual(
      [at('lb1'), at('lb2')].sort(),
    );
  });

  test('of an inventory, all or by host or group', async () => {
    writeFileSync(join(folder, 'all.json'), inventory());
    expect(await seen('diagnose --inventory all.json lvs')).toEqual(['lb1', 'lb2']);
    expect(await seen('diagnose --inventory all.json lb2 lvs')).toEqual(['lb1', 'lb2']);
    expect(await seen('diagnose --inventory - lb1')).toEqual(['lb1']);
    const { err, status } = await call('diagnose --inventory all.json');
    expect(err).toContain('lvsdoctor: web: refused: nothing listens at 127.0.0.1:');
    expect(status).toBe(3);
  });
});

test.each([
  ['diagnose --no-settings', 'name a host to look at'],
  ['diagnose --inventory all.json lvss', 'all.json has no host and no group lvss: did you mean lvs?'],
  ['diagnose --inventory lvsdoctor.yaml', 'it is not JSON: write it with ansible-inventory --list'],
  ['diagnose --inventory none.json', 'none.json cannot be read (ENOENT)'],
  ['diagnose --snapshot look lb1', '--snapshot is a look that was'],
])('%s is wrong use', async (command, why) => {
  writeFileSync(join(folder, 'all.json'), inventory());
  const { out, err, status } = await call(command);
  expect({ out, status }).toEqual({ out: '', status: 2 });
  expect(err).toContain(why);
});

test('a port that is none is a host that cannot be reached', async () => {
  const { err, status } = await call('diagnose --no-settings lb1:99999');
  expect(err).toContain('lb1: unreachable: 99999 is no port');
  expect(status).toBe(3);
});

test('one round trip a host, and roles of the settings', async () => {
  const before = served['lb1']?.started.length ?? 0;
  const { out } = await call('diagnose lb1 --format json');
  expect(served['lb1']?.started.slice(before)).toEqual(['sh -s']);
  expect((JSON.parse(out) as Report).summary.hosts).toMatchObject([{ name: 'lb1', roles: ['director'] }]);
});

test('a look by ssh and its snapshot give one report, byte for byte', async () => {
  const collected = await call('collect lb2 lb1 -o look');
  expect(collected).toMatchObject({ out: '', status: 0 });
  for (const format of ['text', 'json', 'short']) {
    const live = await call(`diagnose lb2 lb1 --advice --format ${format}`);
    expect(await call(`diagnose --snapshot look --advice --format ${format}`)).toEqual(live);
    expect(live.out).not.toContain('Unguess');
  }
});

/** What keeps us from each of six hosts. */
const TROUBLES = {
  dying: 'timeout: no answer before the deadline',
  locked: 'authentication failed: root@127.0.0.1 takes no key of: ',
  nameless: 'unreachable: no address is known for nameless.invalid',
  odd: 'command failed: the host printed no answer to the script',
  refused: 'refused: nothing listens at 127.0.0.1:',
  unknown: 'host key refused: its key ssh-ed25519 SHA256:',
};

test('the network of a host dies, five more cannot be seen: the others are judged, and each is named', async () => {
  const names = ['dying', 'odd', 'locked', 'unknown', 'refused'];
  settings({
    ...Object.fromEntries(['lb1', 'lb2', ...names].map((name) => [name, at(name)])),
    nameless: 'nameless.invalid',
  });
  const { out, err, status } = await call('diagnose --deadline 5 --format json');
  const text = await call('diagnose lb1 lb2 refused');
  settings({ lb1: at('lb1'), lb2: at('lb2') });
  expect(status).toBe(3);
  const { summary, gaps } = JSON.parse(out) as Report;
  expect(summary.hosts.map(({ name }) => name)).toEqual(expect.arrayContaining(['lb1', 'lb2']));
  for (const [name, trouble] of Object.entries(TROUBLES)) {
    expect(err.split(`lvsdoctor: ${name}: ${trouble}`)).toHaveLength(2);
    expect(gaps.filter(({ host, why }) => host === name && why.startsWith(trouble))).toHaveLength(1);
  }
  expect(text.status).toBe(3);
  expect(text.out.replace(/\s+/g, ' ')).toContain('refused: nothing listens at 127.0.0.1:');
  expect(text.err).toContain('lvsdoctor: refused: refused: nothing listens at 127.0.0.1:');
});

test('the bundled program reaches a host with what it brings', async () => {
  const child = spawn(
    process.execPath,
    [join(program.home, 'lvsdoctor.mjs'), 'diagnose', '--format', 'json'],
    {
      cwd: folder,
      env: { HOME: user.home, USER: 'operator' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let out = '';
  child.stdout.on('data', (bytes) => {
    out += bytes;
  });
  const [status] = await once(child, 'close');
  const here = await call('diagnose --format json');
  expect({ out, status }).toEqual({ out: here.out, status: here.status });
});
