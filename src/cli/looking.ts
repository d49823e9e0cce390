import { userInfo } from 'node:os';
import { lookAt } from '../collect/collect.ts';
import { localRemote } from '../collect/local.ts';
import type { HostLook } from '../collect/look.ts';
import { evidenceOf } from '../collect/look-evidence.ts';
import type { Remote } from '../collect/remote.ts';
import type { SshUser } from '../collect/ssh/settings.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { plainWords } from '../report/words.ts';
import { type DestinationArguments, destinationsOf } from './destinations.ts';
import { WrongUse } from './exit.ts';
import type { Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** The command line of whatever looks at running hosts. */
export interface LookArguments extends DestinationArguments {
  readonly local?: boolean | undefined;
  readonly deadline: string;
  readonly 'show-commands'?: boolean | undefined;
}

/** So many hosts at a time tell what they see: more of them gain nothing on two cores. */
const CONCURRENCY = 64;

/** Looks at the hosts that a command line means, with the progress on a terminal. */
export async function lookAtHosts(
  args: LookArguments,
  settings: Settings,
  terminal: Terminal,
): Promise<readonly HostLook[]> {
  return await lookThrough(await remotesOf(args, settings, terminal), args, terminal);
}

/** Looks at hosts by ways that are known, with the progress on a terminal. */
export async function lookThrough(
  remotes: readonly Remote[],
  args: LookArguments,
  terminal: Terminal,
): Promise<readonly HostLook[]> {
  const seconds = Number(args.deadline);
  if (!(seconds >= 5 && seconds <= 3600))
    throw new WrongUse(`--deadline ${args.deadline} is no number of seconds from 5 to 3600`, true);
  if (remotes.length === 0)
    throw new WrongUse('name a host to look at, or say with ssh: in the settings; --local is this one', true);
  terminal.status?.(`looking at ${remotes.map(({ host }) => host).join(', ')}`.slice(0, 79));
  const looks = await lookAt(remotes, {
    deadline: seconds * 1000,
    concurrency: CONCURRENCY,
    now: Date.now,
    progress: (done, all, host) =>
      terminal.status?.(`${done} of ${all} hosts seen, the last is ${host}`.slice(0, 79)),
  });
  terminal.status?.('');
  return looks;
}

/** A host that could not be seen, or not to the end. */
export interface Unseen extends NonNullable<HostLook['failure']> {
  readonly host: string;
}

/** What all looks together show, and of the looks themselves only what kept hosts from being seen. */
export async function evidenceFrom(
  looks: readonly HostLook[],
): Promise<Evidence & { readonly unseen: readonly Unseen[] }> {
  const parts = await Promise.all(looks.map(evidenceOf));
  return {
    sources: parts.flatMap(({ sources }) => sources),
    gaps: parts.flatMap(({ gaps }) => gaps),
    unseen: unseenAmong(looks),
  };
}

/** The hosts that could not be seen, or not to the end. */
export function unseenAmong(looks: readonly HostLook[]): readonly Unseen[] {
  return looks.flatMap(({ host, failure }) => (failure === undefined ? [] : [{ host, ...failure }]));
}

/** Says on standard error which they are, and why. */
export function tellUnseen(unseen: readonly Unseen[], terminal: Terminal): void {
  for (const { host, kind, why } of unseen)
    terminal.note(`lvsdoctor: ${plainWords(`${host}: ${kind}: ${why}`)}\n`);
}

/** A way to each host, ordered as a snapshot of them is, so that both give one report. */
export async function remotesOf(
  args: LookArguments,
  settings: Settings,
  terminal: Terminal,
): Promise<readonly Remote[]> {
  const here = args.local ? [localRemote()] : [];
  // Without a word about others, --local is this host alone.
  if (args.local && !args.host?.length && args.inventory === undefined) return here;
  const destinations = await destinationsOf(args, settings, terminal);
  const others = destinations.filter(({ name }) => here.every(({ host }) => host !== name));
  if (others.length === 0) return here;
  const way = await sshWay(terminal);
  return [...here, ...others.map(({ name, to }) => way(name, to))].sort((one, other) =>
    one.host < other.host ? -1 : 1,
  );
}

/** How ssh reaches a host, for the user of this process. */
export async function sshWay(terminal: Terminal): Promise<(host: string, to: string) => Remote> {
  const { sshWays } = await import('../collect/ssh/ssh.ts');
  return await sshWays(userOf(terminal));
}

function userOf({ env }: Terminal): SshUser {
  const { homedir: home, username: name } = account();
  return { home: env['HOME'] ?? home, name: env['USER'] ?? name, agentSocket: env['SSH_AUTH_SOCK'] };
}

/** A container may run as a number that no account has. */
function account(): { readonly homedir: string; readonly username: string } {
  try {
    return userInfo();
  } catch {
    return { homedir: '/', username: String(process.getuid?.()) };
  }
}
