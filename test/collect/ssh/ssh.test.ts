import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { RemoteFailure } from '../../../src/collect/remote.ts';
import type { SshUser } from '../../../src/collect/ssh/settings.ts';
import { sshWays } from '../../../src/collect/ssh/ssh.ts';
import { newKeys, type Served, serve, userWith } from '../../support/ssh-server.ts';

const [hostKey, otherKey, own, stranger, locked] = [
  newKeys(),
  newKeys(),
  newKeys(),
  newKeys(),
  newKeys('ed25519', 'open sesame'),
];

const open: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function host(...rest: Parameters<typeof serve>): Promise<Served> {
  const served = await serve(...rest);
  open.push(served.close);
  return served;
}

const knownAt = (port: number, { public: key } = hostKey) => `[127.0.0.1]:${port} ${key}\n`;

async function run(
  files: Readonly<Record<string, string>>,
  to: string,
  script = 'echo here; exit 3',
  signal = new AbortController().signal,
  also: Partial<SshUser> = {},
) {
  const user = { ...userWith(files), ...also };
  open.push(user.remove);
  const way = await sshWays(user);
  const answer = await way('lb1', to).run(script, signal);
  return { code: answer.code, output: Buffer.from(answer.output).toString() };
}

async function failure(...rest: Parameters<typeof run>): Promise<string> {
  const error = await run(...rest).then(
    () => undefined,
    (reason: RemoteFailure) => reason,
  );
  return error === undefined ? 'it worked' : `${error.trouble}: ${error.message}`;
}

test('a script runs on the host, in one round trip, and its output and code come back', async () => {
  const { port, started } = await host(hostKey, own);
  const files = { id_ed25519: own.private, known_hosts: knownAt(port) };
  expect(await run(files, `127.0.0.1:${port}`)).toEqual({ code: 3, output: 'here\n' });
  expect(started).toEqual(['sh -s']);
});

describe('what keeps us from a host is told apart', () => {
  test('nothing listens', async () => {
    const { port, close } = await serve(hostKey, own);
    await close();
    expect(await failure({ known_hosts: '' }, `127.0.0.1:${port}`)).toBe(
      `refused: nothing listens at 127.0.0.1:${port}`,
    );
  });

  test('a name that nobody knows', async () => {
    expect(await failure({}, 'lb1.invalid')).toBe('unreachable: no address is known for lb1.invalid');
  });

  test('an unknown host key', async () => {
    const { port, started } = await host(hostKey, own);
    const told = await failure({ id_ed25519: own.private }, `127.0.0.1:${port}`);
    expect(told).toMatch(/^host key refused: its key ssh-ed25519 SHA256:\S+ is not in known_hosts/);
    expect(started).toEqual([]);
  });

  test('a changed host key', async () => {
    const { port } = await host(hostKey, own);
    const files = { id_ed25519: own.private, known_hosts: knownAt(port, otherKey) };
    expect(await failure(files, `127.0.0.1:${port}`)).toMatch(
      /^host key refused: .* is not the one noted at .*known_hosts:1/,
    );
  });

  test('a revoked host key', async () => {
    const { port } = await host(hostKey, own);
    const files = { id_ed25519: own.private, known_hosts: `${knownAt(port)}@revoked * ${hostKey.public}\n` };
    expect(await failure(files, `127.0.0.1:${port}`)).toMatch(/^host key refused: .* is revoked at .*:2$/);
  });

  test('no key that the host takes', async () => {
    const { port } = await host(hostKey, own);
    const files = { id_ed25519: stranger.private, id_ecdsa: locked.private, known_hosts: knownAt(port) };
    const told = await failure(files, `root@127.0.0.1:${port}`);
    expect(told).toMatch(
      /^authentication failed: root@127.0.0.1 takes no key of: .*id_ed25519; .*id_ecdsa needs a/,
    );
  });

  test('a host that never answers is given up at the deadline', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    open.push(() => void silent.close());
    const { port } = silent.address() as { port: number };
    expect(await failure({}, `127.0.0.1:${port}`, 'true', AbortSignal.timeout(200))).toBe(
      'timeout: no answer before the deadline',
    );
  });

  test('commands that never end are given up at the deadline', async () => {
    const { port } = await host(hostKey, own, () => undefined);
    const files = { id_ed25519: own.private, known_hosts: knownAt(port) };
    const deadline = new AbortController();
    const told = failure(files, `127.0.0.1:${port}`, 'true', deadline.signal);
    setTimeout(() => deadline.abort(), 500);
    expect(await told).toBe('timeout: no answer before the deadline');
  });
});

test('ways lead through jump hosts, each with its own key', async () => {
  const last = await host(hostKey, own);
  const jump = await host(otherKey, own);
  const files = {
    id_ed25519: own.private,
    known_hosts: knownAt(last.port) + knownAt(jump.port, otherKey),
    config: `Host lb1\n  HostName 127.0.0.1\n  Port ${last.port}\n  ProxyJump 127.0.0.1:${jump.port}\n`,
  };
  expect(await run(files, 'lb1')).toEqual({ code: 3, output: 'here\n' });
  expect(jump.started).toEqual([]);
  expect(await failure({ ...files, known_hosts: knownAt(last.port) }, 'lb1')).toMatch(/^host key refused/);
});

describe.skipIf(spawnSync('ssh-agent', ['-h']).error !== undefined)('an agent', () => {
  async function agentWith(...keys: readonly string[]) {
    const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-agent-'));
    const agentSocket = join(folder, 'socket');
    const agent = spawn('ssh-agent', ['-D', '-a', agentSocket], { stdio: ['ignore', 'pipe', 'ignore'] });
    open.push(() => {
      agent.kill();
      rmSync(folder, { recursive: true });
    });
    // It prints where it listens once it does.
    await once(agent.stdout, 'data');
    for (const key of keys) {
      const env = { ...process.env, SSH_AUTH_SOCK: agentSocket };
      const added = spawnSync('ssh-add', ['-q', '-'], { input: key, env, encoding: 'utf8' });
      expect(added.stderr).toBe('');
    }
    return { agentSocket };
  }

  test('offers its keys before those of files', async () => {
    const { port } = await host(hostKey, own);
    const files = { id_ed25519: locked.private, known_hosts: knownAt(port) };
    const agent = await agentWith(stranger.private, own.private);
    expect(await run(files, `127.0.0.1:${port}`, undefined, undefined, agent)).toEqual({
      code: 3,
      output: 'here\n',
    });
  });

  test('with IdentitiesOnly offers only what a key file names, by its public half', async () => {
    const { port } = await host(hostKey, own);
    const config = 'IdentitiesOnly yes\nIdentityFile ~/.ssh/mine\n';
    const files = { config, 'mine.pub': stranger.public, known_hosts: knownAt(port) };
    const agent = await agentWith(stranger.private, own.private);
    const to = `127.0.0.1:${port}`;
    expect(await failure(files, to, undefined, undefined, agent)).toMatch(
      /^authentication failed: .*agent, keys: 1/,
    );
    const named = { ...files, 'mine.pub': own.public };
    expect(await run(named, to, undefined, undefined, agent)).toEqual({ code: 3, output: 'here\n' });
  });

  test('that is gone leaves the keys of files', async () => {
    const { port } = await host(hostKey, own);
    const files = { id_ed25519: own.private, known_hosts: knownAt(port) };
    const gone = { agentSocket: '/nonexistent/agent' };
    expect(await run(files, `127.0.0.1:${port}`, undefined, undefined, gone)).toEqual({
      code: 3,
      output: 'here\n',
    });
  });
});
