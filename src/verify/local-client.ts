import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { Remote } from '../collect/remote.ts';
import { readNeighbours } from './arp.ts';
import type { Client } from './client.ts';
import { COMMANDS, scriptOf } from './commands.ts';
import type { RequestPlan } from './distribution-plan.ts';
import { ask, outcomeOf } from './requests.ts';

const AT_ONCE = 8;
const ARP_MS = 10_000;

/** This machine as the client, with its own sockets. */
export function localClient(here: Remote): Client {
  return {
    name: here.host,
    sourcesTo: sourcesHere,
    refusal: () => undefined,
    async askAll(request, sources, heard, signal) {
      let next = 0;
      const work = async () => {
        for (let at = next++; at < sources.length && !signal.aborted; at = next++) {
          const source = sources[at] ?? '';
          heard(source, await ask(request, source));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    },
    async hold(request, sources, heard, signal) {
      const sockets: Socket[] = [];
      for (const source of sources) {
        if (signal.aborted) break;
        const start = performance.now();
        const opened = await open(request, source);
        const milliseconds = performance.now() - start;
        if (opened instanceof Error) heard(source, { outcome: outcomeOf(opened), milliseconds });
        else {
          sockets.push(opened);
          heard(source, { outcome: 'answered', milliseconds });
        }
      }
      return () => {
        for (const socket of sockets) socket.destroy();
      };
    },
    async whoHas(address) {
      const { output } = await here.run(
        scriptOf(COMMANDS.arp, { VIP: address }),
        AbortSignal.timeout(ARP_MS),
      );
      return readNeighbours(new TextDecoder().decode(output));
    },
  };
}

/** A datagram socket that is connected has its way, without a packet being sent. */
async function sourcesHere(address: string): Promise<readonly string[]> {
  const own = await new Promise<string | undefined>((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', () => resolve(undefined));
    socket.connect(9, address, () => {
      resolve(socket.address().address);
      socket.close();
    });
  });
  if (own === undefined) return [];
  const siblings = Object.values(networkInterfaces()).find((all) =>
    all?.some((each) => each.address === own),
  );
  const others = (siblings ?? []).flatMap((each) =>
    each.family === (own.includes(':') ? 'IPv6' : 'IPv4') &&
    !each.address.startsWith('fe80:') &&
    each.address !== own
      ? [each.address]
      : [],
  );
  return [own, ...others];
}

const OPEN_MS = 5000;

function open({ address, port }: RequestPlan, source: string): Promise<Socket | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, localAddress: source });
    socket.setTimeout(OPEN_MS, () => socket.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })));
    // A server that ends the connection later has had it all the same.
    socket.on('error', resolve);
    socket.once('connect', () => {
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}
