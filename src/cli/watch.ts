import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnosis } from '../judge/diagnosis.ts';
import type { Verdict } from '../judge/finding.ts';
import { causeLine } from '../report/diagnosis-short.ts';
import { fingerprintsFor } from '../report/json.ts';
import { verdictLines } from '../report/verdict-line.ts';
import { plainWords } from '../report/words.ts';
import { EXIT, type ExitCode } from './exit.ts';

/** What one look came to, as far as changes are told. */
export interface State {
  /** Lines by the findings' fingerprints. */
  readonly findings: ReadonlyMap<string, { readonly host: string; readonly line: string }>;
  /** Hosts that were not seen, or only in part, with the reason. */
  readonly lost: ReadonlyMap<string, string>;
  /** How each VIP stands. */
  readonly verdict: readonly string[];
  readonly code: ExitCode;
}

/** The time, and a pause that an interruption ends. */
export interface Clock {
  now(): number;
  wait(milliseconds: number, interrupted: AbortSignal): Promise<void>;
}

interface Watching {
  /** Milliseconds from the beginning of a look to that of the next. */
  readonly interval: number;
  readonly clock: Clock;
  readonly interrupted: AbortSignal;
  out(text: string): void;
}

/**
 * Looks again and again and prints what changes, a time before each line. The next look begins when the last one has
 * ended, which has a deadline of its own; an interruption ends it with the exit code of the last state.
 */
export async function watch(
  look: () => Promise<State>,
  { interval, clock, interrupted, out }: Watching,
): Promise<ExitCode> {
  const stopped = new Promise<undefined>((resolve) => {
    interrupted.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  let last: State | undefined;
  while (!interrupted.aborted) {
    const begun = clock.now();
    const seen = await Promise.race([look(), stopped]);
    if (seen === undefined) break;
    const state = withHidden(seen, last);
    for (const line of changes(state, last)) out(`${stampOf(clock.now())} ${line}\n`);
    last = state;
    await clock.wait(Math.max(begun + interval - clock.now(), 0), interrupted);
  }
  return last?.code ?? EXIT.clean;
}

/** What a look shows, by what the report calls it. */
export function stateOf(
  {
    verdict,
    diagnosis,
    code,
  }: { readonly verdict: Verdict; readonly diagnosis: Diagnosis; readonly code: ExitCode },
  { advice = false }: { readonly advice?: boolean | undefined },
): State {
  const names = fingerprintsFor(verdict);
  const shown = verdict.findings.filter(({ severity }) => advice || severity !== 'info');
  return {
    findings: new Map(
      shown.map((finding) => [names.get(finding) ?? '', { host: finding.host, line: causeLine(finding) }]),
    ),
    lost: new Map(
      verdict.gaps.flatMap(({ host, format, why }) =>
        format === undefined ? [[host, plainWords(why)]] : [],
      ),
    ),
    verdict: verdictLines(diagnosis, verdict),
    code,
  };
}

/** That a host is not seen mends nothing on it: what was found there stays until the host is back. */
function withHidden(state: State, last: State | undefined): State {
  const hidden = [...(last?.findings ?? [])].filter(([, { host }]) => state.lost.has(host));
  return hidden.length === 0 ? state : { ...state, findings: new Map([...hidden, ...state.findings]) };
}

function changes(state: State, last: State | undefined): readonly string[] {
  const before = last ?? { findings: new Map(), lost: new Map(), verdict: [] };
  const told = new Set(before.verdict);
  return [
    ...[...state.lost].flatMap(([host, why]) =>
      before.lost.has(host) ? [] : [`lost   ${plainWords(host)}: ${why}`],
    ),
    ...[...before.lost.keys()].flatMap((host) =>
      state.lost.has(host) ? [] : [`back   ${plainWords(host)}`],
    ),
    ...[...state.findings].flatMap(([name, { line }]) =>
      before.findings.has(name) ? [] : [`new    ${line}`],
    ),
    ...[...before.findings].flatMap(([name, { line }]) =>
      state.findings.has(name) ? [] : [`gone   ${line}`],
    ),
    ...state.verdict.flatMap((line) => (told.has(line) ? [] : [`now    ${line}`])),
  ];
}

/** `2026-11-20T03:12:05Z` */
function stampOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: Date.now,
  wait: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  },
};
