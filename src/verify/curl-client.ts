import type { Remote } from '../collect/remote.ts';
import { readNeighbours } from './arp.ts';
import type { Asked, Client } from './client.ts';
import { COMMANDS, scriptOf } from './commands.ts';
import type { RequestPlan } from './distribution-plan.ts';
import type { Outcome } from './timeline.ts';

/** So many requests in one round trip, so that the progress shows and Ctrl-C is heard. */
const BATCH = 200;
const REQUEST_SECONDS = 5;
const LOOK_MS = 60_000;

/** Another machine as the client: its curl sends the requests, one process for many. */
export function curlClient(remote: Remote): Client {
  /** A way there costs more than the answer, and services share addresses. */
  const sources = new Map<string, Promise<readonly string[]>>();
  const run = async (script: string, milliseconds: number) =>
    new TextDecoder().decode((await remote.run(script, AbortSignal.timeout(milliseconds))).output);
  return {
    name: remote.host,
    sourcesTo(address) {
      const known =
        sources.get(address) ?? run(scriptOf(COMMANDS.sources, { VIP: address }), LOOK_MS).then(readSources);
      sources.set(address, known);
      return known;
    },
    refusal({ kind, identify }, held) {
      if (held) return 'open connections are held by this machine only, not by a client that ssh reaches';
      if (kind === 'udp') return 'datagrams are sent by this machine only, not by a client that ssh reaches';
      return identify === 'tls-cert'
        ? 'a client that ssh reaches tells answers apart by header or body'
        : undefined;
    },
    async askAll(request, sources, heard, signal) {
      for (let at = 0; at < sources.length && !signal.aborted; at += BATCH) {
        const batch = sources.slice(at, at + BATCH);
        const script = scriptOf(COMMANDS.requests, {
          CONFIG: batch.map((each) => configOf(request, each)).join('next\n'),
        });
        const answers = readAnswers(
          await run(script, LOOK_MS + batch.length * REQUEST_SECONDS * 1000),
          request,
        );
        for (const [number, source] of batch.entries())
          heard(source, answers[number] ?? { outcome: 'error', milliseconds: 0 });
      }
    },
    hold: () => Promise.reject(new Error('connections are held here only')),
    async whoHas(address) {
      return readNeighbours(await run(scriptOf(COMMANDS.arp, { VIP: address }), LOOK_MS));
    },
  };
}

/** `ip -o route get` and then the addresses of its device: `2: eth0    inet 192.0.2.5/24 …` */
export function readSources(text: string): readonly string[] {
  const own = /\bsrc (\S+)/.exec(text)?.[1];
  const all = [...text.matchAll(/^\d+: \S+\s+inet6? ([^/\s]+)/gm)].map(([, address = '']) => address);
  if (own === undefined) return [];
  return [
    own,
    ...all.filter(
      (each) => each !== own && !each.startsWith('fe80:') && each.includes(':') === own.includes(':'),
    ),
  ];
}

const MARK = 'lvsdoctor-request';

/** One request as curl's own configuration (curl(1), --config). */
function configOf({ kind, address, port, path = '/', site, identify }: RequestPlan, source: string): string {
  const host = address.includes(':') ? `[${address}]` : address;
  const shown = identify === 'body' ? '-' : '/dev/null';
  const url = kind === 'tcp' ? `telnet://${host}:${port}` : `${kind}://${site ?? host}:${port}${path}`;
  const words = [
    ['url', url],
    ...(site === undefined ? [] : [['resolve', `${site}:${port}:${host}`]]),
    ['interface', source],
    ['header', 'Connection: close'],
    ['user-agent', 'lvsdoctor-verify'],
    ['max-time', String(REQUEST_SECONDS)],
    ['output', shown],
    ...(identify?.startsWith('header:') ? [['dump-header', '-']] : []),
    ['write-out', `\\n${MARK} %{http_code} %{exitcode} %{time_total}\\n`],
  ];
  return `${words.map(([name, value = '']) => `${name} = "${value.replace(/["\\](?!n)/g, '\\$&')}"\n`).join('')}insecure\nsilent\n`;
}

/** What curl printed of each request, in their order. */
function readAnswers(text: string, { kind, identify }: RequestPlan): readonly Asked[] {
  const parts = text.split(new RegExp(`^${MARK} (\\d+) (\\d*) ([\\d.]+)$`, 'm'));
  const answers: Asked[] = [];
  for (let at = 0; at + 3 < parts.length; at += 4) {
    const [shown = '', status, exit = '', seconds] = parts.slice(at, at + 4);
    const isAnswered = kind === 'tcp' ? exit === '0' : status !== '000';
    const by = isAnswered ? voiceIn(shown, identify) : undefined;
    answers.push({
      outcome: isAnswered ? 'answered' : (OUTCOMES[exit] ?? 'error'),
      milliseconds: Number(seconds) * 1000,
      ...(by !== undefined && { by }),
    });
  }
  return answers;
}

/** Why curl gave up, by its exit code (curl(1), EXIT CODES). */
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  7: 'refused',
  28: 'timeout',
  52: 'reset',
  55: 'reset',
  56: 'reset',
};

function voiceIn(shown: string, identify: string | undefined): string | undefined {
  if (identify === 'body') return shown.trim().slice(0, 200);
  const name = identify?.startsWith('header:') ? identify.slice('header:'.length).toLowerCase() : undefined;
  const line = shown
    .split(/\r?\n/)
    .find((each) => name !== undefined && each.toLowerCase().startsWith(`${name}:`));
  return line
    ?.slice(line.indexOf(':') + 1)
    .trim()
    .slice(0, 200);
}
