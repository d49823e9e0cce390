import type { Remote } from '../collect/remote.ts';
import { judge } from '../judge/judge.ts';
import type { PlannedService } from '../verify/failover-plan.ts';
import type { Window } from '../verify/failover-window.ts';
import type { AskService } from '../verify/prober.ts';
import type { Did } from '../verify/timeline.ts';
import { rules } from './catalogue.ts';
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import type { Terminal } from './terminal.ts';
import type { Scene } from './verify.ts';

/** What a command line says of whether clients may be disturbed. */
export interface Consent {
  readonly yes?: boolean | undefined;
  readonly 'allow-disruption'?: boolean | undefined;
}

/** Why nothing of this cluster may be disturbed now. */
export async function objectionsIn(scene: Scene): Promise<readonly string[]> {
  const { objectionsTo } = await import('../verify/safety.ts');
  const { cluster, gaps, settings } = scene;
  const { findings } = judge(cluster, rules, gaps, { settings: settings.rules });
  return objectionsTo({ ...scene, findings });
}

/** The way to a host of the plan. */
export function wayTo({ remotes }: Scene): (host: string) => Remote {
  return (host) => {
    const remote = remotes.get(host);
    if (remote === undefined) throw new WrongUse(`no way to ${host} is known`);
    return remote;
  };
}

/** How services are asked all the time, which only this machine does often enough. */
export async function askerFor(
  { client: { isHere, remote } }: Scene,
  services: readonly PlannedService[],
): Promise<AskService> {
  if (!isHere)
    throw new WrongUse(
      'a client that asks every 20 ms has to be this machine: run lvsdoctor on the client',
      true,
    );
  const { localClient } = await import('../verify/local-client.ts');
  const { ask } = await import('../verify/requests.ts');
  const client = localClient(remote);
  const sources = new Map<string, string>();
  for (const { address } of services) {
    const [source] = await client.sourcesTo(address);
    if (source === undefined) throw new WrongUse(`this machine has no way to ${address}`);
    sources.set(address, source);
  }
  return ({ address, port }) => ask({ kind: 'tcp', address, port }, sources.get(address) ?? '');
}

/** A step as it is told while the test runs. */
export function tellStep(terminal: Terminal): (did: Did) => void {
  return ({ at, did, host }) =>
    terminal.note(
      `${(at / 1000).toFixed(3).padStart(9)} s  ${host === undefined ? '' : `${host}: `}${did}\n`,
    );
}

/** `2.61 to 3.61 s (why)` */
export function spanText({ earliest, latest, because }: Window): string {
  return `${(earliest / 1000).toFixed(2)} to ${(latest / 1000).toFixed(2)} s (${because})`;
}

/** The whole number that an option states. */
export function wholeNumber(
  said: string | undefined,
  option: string,
  least: number,
  most: number,
): number | undefined {
  if (said === undefined) return undefined;
  const number = Number(said);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new WrongUse(`--${option} ${said} is no whole number from ${least} to ${most}`, true);
  return number;
}

/** Nothing was touched. */
export function refused(reasons: readonly string[], terminal: Terminal): ExitCode {
  for (const reason of reasons) terminal.note(`lvsdoctor: refused: ${reason}\n`);
  return EXIT.stopped;
}

/** Why nobody may be disturbed; undefined where somebody who may say so has agreed. */
export async function withoutConsent(args: Consent, terminal: Terminal): Promise<string | undefined> {
  if (args.yes)
    return args['allow-disruption']
      ? undefined
      : '--yes alone does not disturb clients: add --allow-disruption';
  if (terminal.ask === undefined)
    return 'nobody is there to agree: --yes --allow-disruption says it beforehand';
  const answer = await terminal.ask('Type yes to begin: ');
  return answer.trim().toLowerCase() === 'yes' ? undefined : 'nobody agreed';
}
