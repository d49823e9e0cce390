import type { Argv, Options } from 'yargs';
import { FORMATS } from '../collect/format.ts';

/** The options of `lint`, in the order of its help. */
export const lintOptions = {
  format: {
    type: 'string',
    requiresArg: true,
    describe: 'text, short or json; FORMAT=FILE writes to a file; repeatable',
    default: 'text',
  },
  as: {
    type: 'string',
    requiresArg: true,
    choices: FORMATS,
    describe: 'the format of the files that are named, whatever name and content say',
  },
  advice: { type: 'boolean', describe: 'also print findings of severity info' },
  'fail-on': {
    type: 'string',
    requiresArg: true,
    choices: ['error', 'warning', 'info'],
    describe: 'the least severity that makes the exit code 1',
    defaultDescription: 'warning',
  },
  'exit-zero': { type: 'boolean', describe: 'exit 0 whatever is found' },
  settings: {
    type: 'string',
    requiresArg: true,
    describe: 'the settings file; --no-settings: use none',
    defaultDescription: 'lvsdoctor.yaml, found upwards',
  },
} as const satisfies Record<string, Options>;

/** Options of every command. */
export const commonOptions = {
  color: {
    type: 'boolean',
    describe: 'colour, or --no-color; NO_COLOR and FORCE_COLOR work too',
    defaultDescription: 'on a terminal',
  },
} as const satisfies Record<string, Options>;

const jsonOption = {
  json: { type: 'boolean', describe: 'print JSON, for programs' },
} as const satisfies Record<string, Options>;

const PATHS = { type: 'string', array: true, describe: 'files or folders; - is standard input' } as const;

export function lintCommand(yargs: Argv) {
  return yargs
    .usage(
      help('lint [PATH…]', 'judges the files of a cluster', [
        ['lvsdoctor lint', 'what lvsdoctor.yaml names, else this folder'],
        ['lvsdoctor lint lb1.conf lb2.conf', 'a pair of directors'],
        ['lvsdoctor lint lb1/ lb2/ rs1/', 'a folder for each host'],
        ['ssh lb1 sysctl -a | lvsdoctor lint --as sysctl -', 'what a command prints'],
        ['lvsdoctor lint --format json=out.json --format text', 'for a program and for you'],
      ]),
    )
    .positional('path', PATHS)
    .options(lintOptions)
    .epilogue(
      'Exit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong use, 3 something could not be read, 4 a rule broke.',
    );
}

export function explainCommand(yargs: Argv) {
  return yargs
    .usage(
      help('explain NAME…', 'shows the page of a rule, or finds rules by words', [
        ['lvsdoctor explain vrrp/plaintext-password', 'one rule'],
        ['lvsdoctor explain plaintext-password', 'the same'],
        ['lvsdoctor explain arp flux', 'every rule that speaks of both'],
      ]),
    )
    .positional('name', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'a rule, or words to look for',
    })
    .options(jsonOption);
}

export function rulesCommand(yargs: Argv) {
  return yargs
    .usage(
      help('rules', 'lists every rule', [
        ['lvsdoctor rules', 'severity, name and title'],
        ['lvsdoctor rules --json', 'the same, with why and remedy'],
      ]),
    )
    .options(jsonOption);
}

export function initCommand(yargs: Argv) {
  return yargs
    .usage(
      help('init [PATH…]', 'writes a first lvsdoctor.yaml from the files that it finds', [
        ['lvsdoctor init', 'from this folder'],
        ['lvsdoctor init lb1/ lb2/ rs1/', 'from these'],
      ]),
    )
    .positional('path', PATHS);
}

/** What every help begins with: the examples, because they are what a reader came for. */
export function help(
  command: string,
  does: string,
  examples: readonly (readonly [string, string])[],
): string {
  const column = Math.max(...examples.map(([line]) => line.length)) + 2;
  const lines = examples.map(([line, says]) =>
    column + says.length > 76 ? `  ${line}\n      ${says}` : `  ${line.padEnd(column)}${says}`,
  );
  return `lvsdoctor ${command}\n${does}\n\nExamples:\n${lines.join('\n')}`;
}
