import { hostname } from 'node:os';
import { type Answer, type Hearing, type Remote, RemoteFailure, textOf } from './remote.ts';
import type { Renderer } from './rendered.ts';

/** More than the limits of all probes together is no answer. */
const MOST_BYTES = 256 * 1024 * 1024;

/** This machine, seen by a shell of its own: what `--local` means. */
export function localRemote(shell: readonly string[] = ['sh', '-s']): Remote {
  return {
    host: hostname(),
    run: async (script, ...call) => runHere(shell, await textOf(script), ...call),
  };
}

/** So long a renderer may take for one file. */
const RENDERER_LIMIT_MS = 60_000;

/** The user's own renderer: a text goes in, with its path in the environment, and what it becomes comes out. */
export function localRenderer(command: string, folder: string): Renderer {
  return (text, path) =>
    runHere(['sh', '-c', command], text, AbortSignal.timeout(RENDERER_LIMIT_MS), undefined, {
      cwd: folder,
      env: { ...process.env, LVSDOCTOR_TEMPLATE: path },
    });
}

async function runHere(
  [command = 'sh', ...args]: readonly string[],
  script: string,
  signal: AbortSignal,
  hearing?: Hearing,
  surroundings?: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Answer> {
  // Late, because a lint starts no process.
  const { spawn } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    // A group of its own, so that everything it started ends with it.
    const child = spawn(command, args, { ...surroundings, detached: true, stdio: 'pipe' });
    const output: Uint8Array[] = [];
    let length = 0;
    let complaint = '';
    const end = (failure: RemoteFailure) => {
      reject(failure);
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    const late = () => end(new RemoteFailure('timeout', 'no answer before the deadline'));
    signal.addEventListener('abort', late, { once: true });
    const say = (text: string) => void child.stdin.write(text);
    child.stdout.on('data', (bytes: Uint8Array) => {
      if (hearing !== undefined) return hearing(bytes, say);
      output.push(bytes);
      length += bytes.length;
      if (length > MOST_BYTES)
        end(new RemoteFailure('command failed', `it printed more than ${MOST_BYTES} bytes`));
    });
    child.stderr.on('data', (bytes: Uint8Array) => {
      if (complaint.length < 1000) complaint += String(bytes);
    });
    // A shell that does not want the script says why by how it ends.
    child.stdin.on('error', () => undefined);
    child.once('error', ({ message }) => reject(new RemoteFailure('command failed', message)));
    child.once('close', (code) => {
      signal.removeEventListener('abort', late);
      resolve({ code: code ?? undefined, output: Buffer.concat(output), complaint });
    });
    if (hearing === undefined) child.stdin.end(script);
    else say(`${script}\n`);
  });
}
