/** What the shell is told. When several apply, the highest wins. */
export const EXIT = {
  /** Judged, and nothing at or above `failOn`. */
  clean: 0,
  /** Findings at or above `failOn`. */
  findings: 1,
  /** An unknown option, invalid settings. */
  wrongUse: 2,
  /** A named file is missing or unreadable, or nothing matched. */
  notJudged: 3,
  /** The program itself failed: a rule broke. */
  failed: 4,
  /** A test of verify was refused or stopped, or what it did could not be confirmed as undone. */
  stopped: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a run came to, as far as the exit code asks. */
export interface Outcome {
  readonly findings: boolean;
  readonly missed: boolean;
  readonly broken: boolean;
  /** Findings are no reason to fail; everything else still is. */
  readonly exitZero: boolean;
}

export function exitCodeOf({ findings, missed, broken, exitZero }: Outcome): ExitCode {
  if (broken) return EXIT.failed;
  if (missed) return EXIT.notJudged;
  return findings && !exitZero ? EXIT.findings : EXIT.clean;
}

/** Something the user wrote that cannot be meant: told in a line, exit code 2. Help helps where it is the command line. */
export class WrongUse extends Error {
  readonly isOfCommandLine: boolean;

  constructor(message: string, isOfCommandLine = false) {
    super(message);
    this.isOfCommandLine = isOfCommandLine;
  }
}
