import { lookAt } from '../collect/collect.ts';
import { localRemote } from '../collect/local.ts';
import type { HostLook } from '../collect/look.ts';
import type { Remote } from '../collect/remote.ts';
import { WrongUse } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** The command line of whatever looks at running hosts. */
export interface LookArguments {
  readonly local?: boolean | undefined;
  readonly deadline: string;
  readonly 'show-commands'?: boolean | undefined;
}

/** So many hosts at a time: more open connections than this gain nothing on two cores. */
const CONCURRENCY = 64;

/** Looks at the hosts that a command line means, with the progress on a terminal. */
export async function lookAtHosts(args: LookArguments, terminal: Terminal): Promise<readonly HostLook[]> {
  const seconds = Number(args.deadline);
  if (!(seconds >= 5 && seconds <= 3600))
    throw new WrongUse(`--deadline ${args.deadline} is no number of seconds from 5 to 3600`, true);
  const remotes = remotesOf(args);
  if (remotes.length === 0) throw new WrongUse('name a host to look at: --local is this one', true);
  terminal.status?.(`looking at ${remotes.map(({ host }) => host).join(', ')}`.slice(0, 79));
  const looks = await lookAt(remotes, {
    deadline: seconds * 1000,
    concurrency: CONCURRENCY,
    now: Date.now,
    progress: (done, all, host) => terminal.status?.(`${done} of ${all} hosts seen, the last is ${host}`),
  });
  terminal.status?.('');
  return looks;
}

/** A way to each host. */
function remotesOf({ local }: LookArguments): readonly Remote[] {
  return local ? [localRemote()] : [];
}
