/** All that a command may touch of the process it runs in; tests bring their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  /** Columns of standard output, where it is a terminal. */
  readonly columns: number | undefined;
  /** Findings and answers. */
  out(text: string): void;
  /** Progress, notes and complaints. */
  note(text: string): void;
  /** A line that the next one replaces, on standard error; absent where no terminal shows it. */
  status?(line: string): void;
  /** The program's own file, to be run in worker threads; without it everything happens in this one. */
  readonly program?: URL;
  readInput(): Promise<Uint8Array>;
  /** From the first call on, Ctrl-C aborts this instead of the program; absent where nobody can press it. */
  interruption?(): AbortSignal;
  /** The same for whatever else ends a program politely, and the program goes on for as long as it has to. */
  wish?(): AbortSignal;
  /** What a person answers in a line; absent where none sits there. */
  ask?(question: string): Promise<string>;
}

export function processTerminal(program?: URL): Terminal {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', forgiveClosedPipe);
  return {
    env: process.env,
    workingFolder: process.cwd(),
    ...(program && { program }),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    out: (text) => void process.stdout.write(text),
    note: (text) => void process.stderr.write(text),
    ...(process.stderr.isTTY && {
      status: (line: string) => void process.stderr.write(`\r\x1b[K${line}`),
    }),
    readInput: async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    interruption,
    wish,
    ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
  };
}

function wish(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

/** So long a look that was interrupted may still hold the program. */
const LAST_CALL = 1000;

function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
    setTimeout(() => process.exit(), LAST_CALL).unref();
  });
  return controller.signal;
}

/** A reader that has seen enough (`lvsdoctor lint | head`) is no failure. */
function forgiveClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

const PLAIN_WIDTH = 80;
const MAX_WIDTH = 120;

/** 80 columns, unless a terminal says otherwise; a log file has none. */
export function widthOf({ columns }: Terminal): number {
  return columns === undefined ? PLAIN_WIDTH : Math.min(columns, MAX_WIDTH);
}

/** The flag, else NO_COLOR (no-color.org), else FORCE_COLOR, else whether a terminal that knows colour is listening. */
export function wantsColour(flag: boolean | undefined, { env, columns }: Terminal): boolean {
  if (flag !== undefined) return flag;
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0';
  return columns !== undefined && env['TERM'] !== 'dumb';
}
