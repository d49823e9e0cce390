import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { TLSSocket } from 'node:tls';
import type { RequestPlan } from './distribution-plan.ts';
import type { Outcome } from './timeline.ts';

/** How one request went. */
export interface Asked {
  readonly outcome: Outcome;
  readonly milliseconds: number;
  readonly by?: string;
}

/** For one request, from its SYN to the end of its answer. */
const REQUEST_MS = 5000;
/** More of an answer says nothing about who gave it. */
const MOST_BODY = 64 * 1024;

/** Sends one request on a connection of its own, from `source` where one is given, and never throws. */
export async function ask(plan: RequestPlan, source: string | undefined): Promise<Asked> {
  const start = performance.now();
  const end = (how: Omit<Asked, 'milliseconds'>): Asked => ({
    ...how,
    milliseconds: performance.now() - start,
  });
  try {
    const by = await (plan.kind === 'tcp' ? openAndClose(plan, source) : fetchOnce(plan, source));
    return end({ outcome: 'answered', ...(by !== undefined && { by }) });
  } catch (error) {
    return end({ outcome: outcomeOf(error as NodeJS.ErrnoException) });
  }
}

function openAndClose({ address, port }: RequestPlan, source: string | undefined): Promise<undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, ...(source !== undefined && { localAddress: source }) });
    socket.setTimeout(REQUEST_MS, () => socket.destroy(late()));
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve(undefined);
      socket.destroySoon();
    });
  });
}

function fetchOnce(plan: RequestPlan, source: string | undefined): Promise<string | undefined> {
  const { kind, address, port, path = '/', name, identify } = plan;
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
        ...(name !== undefined && { Host: name }),
      },
      ...(source !== undefined && { localAddress: source }),
      ...(kind === 'https' && {
        rejectUnauthorized: false,
        ...(name !== undefined && { servername: name }),
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

function late(): NodeJS.ErrnoException {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}

function outcomeOf({ code }: NodeJS.ErrnoException): Outcome {
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
