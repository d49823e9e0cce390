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

/** A way to one host. */
export interface Remote {
  /** As the user and the report call it. */
  readonly host: string;
  /** Runs a POSIX shell script there, in one round trip. Rejects with a RemoteFailure; at the latest when `signal` says so. */
  run(script: string, signal: AbortSignal): Promise<Answer>;
}
