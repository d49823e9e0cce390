import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { holdConnections } from '../../src/verify/held-connections.ts';

let server: Server | undefined;
let sockets: Socket[] = [];
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  sockets = [];
});

async function serve(settings: { readonly keepAliveTimeout?: number; readonly closes?: boolean } = {}) {
  server = createServer({ keepAliveTimeout: settings.keepAliveTimeout ?? 60_000 }, (_, answer) => {
    if (settings.closes) answer.setHeader('Connection', 'close');
    answer.end();
  });
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { id: 'web', label: 'web', address: '127.0.0.1', port };
}

test('connections that answer to the end are alive, also where their server closes silent ones', async () => {
  const held = await holdConnections(await serve({ keepAliveTimeout: 1500 }), 2);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(await Promise.all(held.map(({ end }) => end()))).toEqual([true, true]);
});

test('one that is reset is dead, and of one that its server has closed nobody knows', async () => {
  const held = await holdConnections(await serve(), 2);
  const ports = sockets.map(({ remotePort }) => remotePort);
  expect(ports.length).toBe(2);
  sockets[0]?.resetAndDestroy();
  sockets[1]?.end();
  const verdicts = await Promise.all(held.map(({ end }) => end()));
  expect(verdicts.toSorted()).toEqual([false, undefined]);
});

test('a service that closes after each answer has no connections to hold', async () => {
  expect(await holdConnections(await serve({ closes: true }), 2)).toEqual([]);
});
