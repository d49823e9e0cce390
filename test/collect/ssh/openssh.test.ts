import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { lookAt } from '../../../src/collect/collect.ts';
import { localRemote } from '../../../src/collect/local.ts';
import type { HostLook } from '../../../src/collect/look.ts';
import type { SshUser } from '../../../src/collect/ssh/settings.ts';
import { sshWays } from '../../../src/collect/ssh/ssh.ts';
import { userWith } from '../../support/ssh-server.ts';

/* Against OpenSSH itself: its server, its keys, its hashed known_hosts. */

const SERVER = '/usr/sbin/sshd';
const isForced = /^(?:1|true)$/.test(process.env['CI'] ?? '');
const isMissing = !isThere(SERVER) && !isForced;
if (isMissing) console.log('ssh against OpenSSH: skipped, install openssh-server to run it');

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function keygen(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('ssh-keygen', ['-q', ...args], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}

/** OpenSSH's server on loopback with two keys, of which the user knows the hashed RSA one. */
async function serve(work: (user: SshUser, to: string) => Promise<void>): Promise<void> {
  const user = userWith({});
  const at = (name: string) => join(user.home, '.ssh', name);
  const port = await freePort();
  for (const [type, name] of [
    ['ed25519', 'host_ed25519'],
    ['rsa', 'host_rsa'],
    ['ed25519', 'id_ed25519'],
  ] as const)
    keygen('-t', type, '-N', '', '-f', at(name));
  // A client has to ask for the key that it knows.
  writeFileSync(at('known_hosts'), `[127.0.0.1]:${port} ${readFileSync(at('host_rsa.pub'), 'utf8')}`);
  keygen('-H', '-f', at('known_hosts'));
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const options = {
    Port: port,
    ListenAddress: '127.0.0.1',
    AuthorizedKeysFile: at('id_ed25519.pub'),
    StrictModes: 'no',
    UsePAM: 'no',
    PidFile: 'none',
  };
  const said = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const keys = ['-h', at('host_ed25519'), '-h', at('host_rsa')];
  const server = spawn(SERVER, ['-D', '-e', '-f', '/dev/null', ...keys, ...said], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    for await (const [line] of [await once(createInterface(server.stderr), 'line')])
      expect(line).toContain('Server listening');
    const name = spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim();
    await work(user, `${name}@127.0.0.1:${port}`);
  } finally {
    server.kill();
    user.remove();
  }
}

test.skipIf(isMissing)('a script runs on a host with OpenSSH, whose hashed key is known', () =>
  serve(async (user, to) => {
    const way = await sshWays(user);
    const script = 'echo "$((6 * 7))"; echo complaint >&2; exit 5';
    const answer = await way('lb1', to).run(script, new AbortController().signal);
    expect({ ...answer, output: Buffer.from(answer.output).toString() }).toEqual({
      code: 5,
      output: '42\n',
      complaint: 'complaint\n',
    });
  }),
);

test.skipIf(isMissing)('a script that goes on is heard as it speaks, and can be spoken to', () =>
  serve(async (user, to) => {
    const script =
      'echo ready; while read -r word; do echo "heard $word"; [ "$word" != last ] || exit 3; done';
    for (const remote of [(await sshWays(user))('lb1', to), localRemote()]) {
      const words = ['first', 'last'];
      let heard = '';
      const { code, output } = await remote.run(script, AbortSignal.timeout(30_000), (bytes, say) => {
        heard += Buffer.from(bytes).toString();
        if (heard.endsWith('\n') && words.length > 0) say(`${words.shift()}\n`);
      });
      expect(heard).toBe('ready\nheard first\nheard last\n');
      expect([code, output.length]).toEqual([3, 0]);
    }
  }),
);

/** All of a look but what changes from one moment to the next: times, counters, and what a text says. */
const shapeOf = ({ probes, failure }: HostLook) => ({
  failure,
  probes: probes.map(({ milliseconds, texts, ...probe }) => ({
    ...probe,
    texts: texts.map(({ text, ...about }) => ({
      ...about,
      lines: probe.basis === 'written' ? text : undefined,
    })),
  })),
});

test.skipIf(isMissing)('a look by OpenSSH is the look by a shell of this machine', { timeout: 120_000 }, () =>
  serve(async (user, to) => {
    const way = await sshWays(user);
    const looking = { deadline: 60_000, concurrency: 1, now: Date.now };
    const [here, there] = await lookAt([localRemote(), way('there', to)], looking);
    expect(here?.failure).toBeUndefined();
    expect(there?.probes.length).toBeGreaterThan(20);
    if (here === undefined || there === undefined) throw new Error('two hosts, two looks');
    expect(shapeOf(there)).toEqual(shapeOf(here));
  }),
);
