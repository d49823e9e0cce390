import { holdsDefinition } from './spelling.ts';
import type { TrackScript } from './vrrp.ts';

/** What is wrong with a command that keepalived is to run by itself, without a shell. */
export interface CommandDoubt {
  readonly severity: 'error' | 'warning';
  /** Follows the name of the script. */
  readonly what: string;
  readonly remedy?: string;
}

const SHELL = /(?:^|\/)(?:ba|da|k|z)?sh$/;
const OPERATOR = /^(?:\|\|?|&&?|;|[12&]?>>?|<|2>&1|[12]?>\S+)$/;

/** Why a health check does not run; of a command with a definition in it nobody knows the words. */
export function doubtAboutScript({ command }: TrackScript): CommandDoubt | undefined {
  if (command === undefined) return { severity: 'error', what: 'has no script, so keepalived drops it' };
  return holdsDefinition(command) ? undefined : doubtAboutCommand(command.value);
}

/** keepalived splits the command into words and runs it: no shell, no PATH of a login (keepalived 2.2.7). */
export function doubtAboutCommand(command: string): CommandDoubt | undefined {
  const words = command.split(/[ \t]+/).filter((word) => word !== '');
  const [program = ''] = words;
  if (program.startsWith('<'))
    return program.startsWith('</dev/tcp/')
      ? {
          severity: 'warning',
          what: `reads the file ${program.slice(1)}, a connection to bash alone: where sh is another shell (Debian, Ubuntu), the check fails for ever`,
          remedy: 'Test the port with a program, for example "/usr/bin/nc -z 127.0.0.1 80".',
        }
      : undefined;
  if (program.includes('/') && !program.startsWith('/') && !program.startsWith('$'))
    return {
      severity: 'error',
      what: `names ${program}, a path that depends on where keepalived was started`,
      remedy: 'Write the whole path, from / on.',
    };
  if (!program.includes('/') && /\.(?:sh|bash|py|pl|rb)$/.test(program))
    return {
      severity: 'warning',
      what: `names ${program} without a path: keepalived looks for it in PATH only`,
      remedy: 'Write the whole path, from / on.',
    };
  if (SHELL.test(program)) return undefined;
  const operator = words.slice(1).find((word) => OPERATOR.test(word) || word.endsWith(';'));
  return operator === undefined
    ? undefined
    : {
        severity: 'error',
        what: `hands ${operator} to ${program} as an argument: keepalived starts no shell`,
        remedy: "Put the command into a script of its own, or write /bin/sh -c '…' around it.",
      };
}

/** The first word of a command. */
export function programOf(command: string): string {
  return command.split(/\s/, 1)[0] ?? '';
}

/** True for a bare script, which is looked for in PATH, where a site's own are not (keepalived 2.2.7, run). */
export function isLost(command: string): boolean {
  const program = programOf(command);
  return /^\.{1,2}\//.test(program) || /^[^/$]+\.(sh|py|pl|rb|php|bash)$/.test(program);
}

/** The addresses that a command names, without ports, brackets and schemes. */
export function addressesIn(command: string): readonly string[] {
  return command.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}/gi) ?? [];
}
