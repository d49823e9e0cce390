import { createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { lookAt } from '../../../src/collect/collect.ts';
import { sshWays } from '../../../src/collect/ssh/ssh.ts';
import { directorAnswer } from '../../support/answer.ts';
import { newKeys, type Served, type Shell, serve, userWith } from '../../support/ssh-server.ts';

const LIVE = 500;
const DEAD = 200;
const PLACES = 64;

/** Takes connections and says nothing, as a host does whose disk is gone. */
async function silentHosts() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port, close };
}

test(`${LIVE} hosts side by side, ${DEAD} of them dead: one round trip each, and nobody waits for the dead`, {
  timeout: 300_000,
}, async () => {
  const [hostKey, own] = [newKeys(), newKeys()];
  const answer = directorAnswer('lb', 'MASTER');
  let [open, most] = [0, 0];
  const shell: Shell = (_, say) => {
    most = Math.max(most, ++open);
    setImmediate(() => {
      say(answer, 0);
      open--;
    });
  };
  const served: Served[] = [];
  for (let at = 0; at < LIVE; at++) served.push(await serve(hostKey, own, shell));
  const refusing = await serve(hostKey, own);
  await refusing.close();
  const silent = await silentHosts();
  const known = served.map(({ port }) => `[127.0.0.1]:${port} ${hostKey.public}\n`).join('');
  const user = userWith({ id_ed25519: own.private, known_hosts: known });
  const way = await sshWays(user);
  // The dead stand in front, where they would hold up everyone.
  const dead = Array.from({ length: DEAD }, (_, at) =>
    way(`dead${at}`, `127.0.0.1:${at % 2 === 0 ? silent.port : refusing.port}`),
  );
  const live = served.map(({ port }, at) => way(`lb${at}`, `127.0.0.1:${port}`));
  const done: string[] = [];
  const from = process.hrtime.bigint();
  const looks = await lookAt([...dead, ...live], {
    deadline: 240_000,
    concurrency: PLACES,
    now: Date.now,
    progress: (_, __, host) => {
      done.push(host);
      // The silent ones end when everyone else is done, else at their own limit: nobody may have to wait for that.
      if (done.filter((name) => name.startsWith('lb')).length === LIVE) silent.close();
    },
  });
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  console.log(`${LIVE} hosts, clients and servers in one process: ${seconds.toFixed(1)} s`);
  for (const { close } of served) await close();
  user.remove();

  expect(looks.map(({ host }) => host)).toEqual([...dead, ...live].map(({ host }) => host));
  expect(looks.slice(DEAD).filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(served.map(({ started }) => started)).toEqual(served.map(() => ['sh -s']));
  expect(most).toBeLessThanOrEqual(PLACES);
  const kinds = looks.slice(0, DEAD).map(({ failure }) => failure?.kind);
  expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(DEAD / 2);
  expect(kinds).not.toContain(undefined);
});
