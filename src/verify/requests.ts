import { createSocket } from 'node:dgram';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { TLSSocket } from 'node:tls';
import type { Asked } from './client.ts';
import type { RequestPlan } from './distribution-plan.ts';
import type { Outcome } from './timeline.ts';

/** For one request, from its SYN to the end of its answer. */
const REQUEST_MS = 5000;
/** More of an answer says nothing about who gave it. */
const MOST_BODY = 64 * 1024;

type Way = (plan: RequestPlan, source: string) => Promise<string | undefined>;
const WAYS: Readonly<Record<RequestPlan['kind'], Way>> = {
  http: fetchOnce,
  https: fetchOnce,
  tcp: openAndClose,
  udp: sendDatagram,
};

/** Sends one request on a connection of its own, from `source`, and never throws. */
export async function ask(plan: RequestPlan, source: string): Promise<Asked> {
  const start = performance.now();
  const end = (how: Omit<Asked, 'milliseconds'>): Asked => ({
    ...how,
    milliseconds: performance.now() - start,
  });
  try {
    const by = await WAYS[plan.kind](plan, source);
    return end({ outcome: 'answered', ...(by !== undefined && { by }) });
  } catch (error) {
    return end({ outcome: outcomeOf(error as NodeJS.ErrnoException) });
  }
}

function openAndClose({ address, port }: RequestPlan, source: string): Promise<undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, localAddress: source });
    socket.setTimeout(REQUEST_MS, () => socket.destroy(late()));
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve(undefined);
      socket.destroySoon();
    });
  });
}

function fetchOnce(plan: RequestPlan, source: string): Promise<string | undefined> {
  const { kind, address, port, path = '/', site, identify } = plan;
  const send = kind === 'https' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send({
      host: address,
      port,
      path,
      // A connection of its own, which the server is told to close.
      agent: false,
      headers: {
        Connection: 'close',
        'User-Agent': 'lvsdoctor-verify',
        ...(site !== undefined && { Host: site }),
      },
      localAddress: source,
      ...(kind === 'https' && {
        rejectUnauthorized: false,
        ...(site !== undefined && { servername: site }),
      }),
    });
    const timer = setTimeout(() => request.destroy(late()), REQUEST_MS);
    request.once('close', () => clearTimeout(timer));
    request.once('error', reject);
    request.once('response', (answer) => {
      const certificate =
        identify === 'tls-cert'
          ? (answer.socket as TLSSocket).getPeerCertificate().fingerprint256
          : undefined;
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        if (body.length < MOST_BODY) body += part;
      });
      answer.once('error', reject);
      answer.once('end', () => {
        if (identify === 'body') resolve(body.trim().slice(0, 200));
        else if (identify?.startsWith('header:')) {
          const value = answer.headers[identify.slice('header:'.length).toLowerCase()];
          resolve(value === undefined ? undefined : String(value).slice(0, 200));
        } else resolve(certificate);
      });
    });
    request.end();
  });
}

/** Of a service without connections nothing is told but an answer, if one comes. */
const DATAGRAM_MS = 1000;

function sendDatagram({ address, port, payload = '' }: RequestPlan, source: string): Promise<undefined> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    const timer = setTimeout(() => end(late()), DATAGRAM_MS);
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.close();
      if (error === undefined) resolve(undefined);
      else reject(error);
    };
    socket.once('error', end);
    socket.once('message', () => end());
    socket.bind(0, source, () =>
      socket.connect(port, address, () => {
        socket.send(Buffer.from(payload, 'hex'), (error) => error && end(error));
      }),
    );
  });
}

function late(): NodeJS.ErrnoException {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}

/** How a request ended, by the error of its socket. */
export function outcomeOf({ code }: NodeJS.ErrnoException): Outcome {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused';
    case 'ETIMEDOUT':
      return 'timeout';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'reset';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'unreachable';
    default:
      return 'error';
  }
}
