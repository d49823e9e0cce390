import { connect, type Socket } from 'node:net';
import type { PlannedService } from './failover-plan.ts';
import { pause } from './pause.ts';

/** A connection that was open before a fault, and answered. */
export interface HeldConnection {
  readonly service: string;
  readonly id: number;
  /** The port of this side. */
  readonly port: number;
  /** Whether it still carries a question there and an answer back; undefined where its server has closed it. */
  end(): Promise<boolean | undefined>;
}

/** Servers close a connection that is silent for some seconds: so it is asked again and again. */
const EVERY_MS = 1000;
const FIRST_ANSWER_MS = 3000;
/** A packet that was lost in an outage of some seconds is sent again within as many (RFC 6298, section 5.5). */
const LAST_ANSWER_MS = 8000;
/** More packets than IPVS waits for before it tells its peer of a connection (net.ipv4.vs.sync_threshold, 3). */
const QUESTIONS = 3;

/** Opens connections to a service that stay open between two questions; none where it closes them, or does not speak HTTP. */
export async function holdConnections(
  { label, address, port }: PlannedService,
  count: number,
): Promise<readonly HeldConnection[]> {
  const question = `HEAD / HTTP/1.1\r\nHost: ${address.includes(':') ? `[${address}]` : address}\r\n\r\n`;
  const held = await Promise.all(
    Array.from({ length: count }, async (_, id): Promise<HeldConnection | undefined> => {
      const socket = connect({ host: address, port });
      for (let asked = 0; asked < QUESTIONS; asked++) {
        const how = await Promise.race([exchange(socket, question), pause(FIRST_ANSWER_MS)]);
        if (how === 'answered') continue;
        socket.destroy();
        return undefined;
      }
      const ending = new AbortController();
      const asking = keepAsking(socket, question, ending.signal);
      return {
        service: label,
        id,
        port: socket.localPort ?? 0,
        end: async () => {
          ending.abort();
          const how = await Promise.race([asking, pause(LAST_ANSWER_MS)]);
          socket.destroy();
          return how === 'closed' ? undefined : how === 'answered';
        },
      };
    }),
  );
  return held.filter((each) => each !== undefined);
}

type Exchange = 'answered' | 'closed' | 'broken';

async function keepAsking(socket: Socket, question: string, ending: AbortSignal): Promise<Exchange> {
  let how: Exchange = 'answered';
  // The last question comes when all is over.
  for (let isLast = false; how === 'answered' && !isLast; ) {
    await pause(EVERY_MS, ending);
    isLast = ending.aborted;
    how = await exchange(socket, question);
  }
  return how;
}

/** One question, however long its answer takes. */
function exchange(socket: Socket, question: string): Promise<Exchange> {
  return new Promise((resolve) => {
    const end = (how: Exchange) => {
      for (const event of ['data', 'end', 'error', 'close']) socket.removeAllListeners(event);
      // What comes between two questions is for the next one to find.
      socket.on('error', () => undefined);
      resolve(how);
    };
    if (socket.destroyed || socket.readableEnded) return end(socket.errored ? 'broken' : 'closed');
    socket.once('data', (bytes) =>
      end(/^connection: *close/im.test(bytes.toString('latin1')) ? 'closed' : 'answered'),
    );
    socket.once('end', () => end('closed'));
    socket.once('error', () => end('broken'));
    socket.once('close', () => end('closed'));
    socket.write(question);
  });
}
