/** Why a host could not be looked at. Each kind has its own remedy, and its own words in the report. */
export type RemoteTrouble =
  | 'refused'
  | 'unreachable'
  | 'authentication failed'
  | 'host key refused'
  | 'timeout'
  | 'command failed';

/** A host that could not be looked at; the message is for the person who has to reach it. */
export class RemoteFailure extends Error {
  readonly trouble: RemoteTrouble;
  constructor(trouble: RemoteTrouble, message: string) {
    super(message);
    this.trouble = trouble;
  }
}

/** What a script printed. */
export interface Answer {
  /** Undefined where a signal ended it. */
  readonly code: number | undefined;
  readonly output: Uint8Array;
  readonly complaint: string;
}

/**
 * For a script that goes on: gets what it prints as it comes, and may say more to it. The script's input stays open behind
 * it; what is said has to wait until the script has printed something, because shells read ahead.
 */
export type Hearing = (bytes: Uint8Array, say: (text: string) => void) => void;

/** A script, or what gives it once the host answers at all: it may have to wait for its turn. */
export type Script = string | (() => Promise<string>);

export async function textOf(script: Script): Promise<string> {
  return typeof script === 'string' ? script : await script();
}

/** A way to one host. */
export interface Remote {
  /** As the user and the report call it. */
  readonly host: string;
  /**
   * Runs a POSIX shell script there, in one round trip. Rejects with a RemoteFailure; at the latest when `signal` says so.
   * What a hearing takes is not in the answer.
   */
  run(script: Script, signal: AbortSignal, hearing?: Hearing): Promise<Answer>;
}
