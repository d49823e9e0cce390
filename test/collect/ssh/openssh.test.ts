import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
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

test.skipIf(isMissing)('a script runs on a host with OpenSSH, whose hashed key is known', async () => {
  const user = userWith({});
  const at = (name: string) => join(user.home, '.ssh', name);
  const port = await freePort();
  for (const [type, name] of [
    ['ed25519', 'host_ed25519'],
    ['rsa', 'host_rsa'],
    ['ed25519', 'id_ed25519'],
  ] as const)
    keygen('-t', type, '-N', '', '-f', at(name));
  // Only the RSA key is known, and the server has two: a client has to ask for the one that it knows.
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
    const way = await sshWays(user);
    const script = 'echo "$((6 * 7))"; echo complaint >&2; exit 5';
    const answer = await way('lb1', `${name}@127.0.0.1:${port}`).run(script, new AbortController().signal);
    expect({ ...answer, output: Buffer.from(answer.output).toString() }).toEqual({
      code: 5,
      output: '42\n',
      complaint: 'complaint\n',
    });
  } finally {
    server.kill();
    user.remove();
  }
});
