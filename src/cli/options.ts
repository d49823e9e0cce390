import type { Argv, Options } from 'yargs';
import { FORMATS } from '../collect/format.ts';
import { FORMAT_NAMES } from '../report/reporter.ts';
import { checkOptions } from './option-check.ts';

/** The options of `lint`, in the order of its help. */
export const lintOptions = {
  format: {
    type: 'string',
    requiresArg: true,
    describe: `${FORMAT_NAMES.join(', ')}; FORMAT=FILE writes to a file; repeatable`,
    default: 'text',
  },
  as: {
    type: 'string',
    requiresArg: true,
    choices: FORMATS,
    describe: 'the format of the files that are named, whatever name and content say',
  },
  render: {
    type: 'string',
    requiresArg: true,
    describe: 'judge templates as this command renders them: text on its input, path in LVSDOCTOR_TEMPLATE',
  },
  target: {
    type: 'string',
    requiresArg: true,
    describe: 'the release of keepalived that will read the files, such as 2.2.7',
    defaultDescription: 'the settings, else any',
  },
  advice: { type: 'boolean', describe: 'also print findings of severity info' },
  'fail-on': {
    type: 'string',
    requiresArg: true,
    choices: ['error', 'warning', 'info'],
    describe: 'the least severity that makes the exit code 1',
    defaultDescription: 'warning',
  },
  fix: { type: 'boolean', describe: 'repair the files where that changes nothing of what runs now' },
  unsafe: { type: 'boolean', describe: 'with --fix or --diff: also repairs that somebody has to look at' },
  diff: { type: 'boolean', describe: 'print what --fix would write, for patch -p0, and write nothing' },
  staged: {
    type: 'boolean',
    describe: 'judge what is staged in git, report what that touches or brings about',
  },
  'changed-since': {
    type: 'string',
    requiresArg: true,
    describe: 'the same for all changes since a git revision',
  },
  'report-ignored': {
    type: 'boolean',
    describe: 'also print what comments and the baseline ignore, and why',
  },
  baseline: {
    type: 'string',
    requiresArg: true,
    describe: 'a file of findings that are not reported; --no-baseline: none',
    defaultDescription: 'the settings, else none',
  },
  'write-baseline': {
    type: 'string',
    requiresArg: true,
    describe: 'write what is found to a file and report what is left; reasons and dates stay',
  },
  'exit-zero': { type: 'boolean', describe: 'exit 0 whatever is found' },
  jobs: {
    type: 'string',
    requiresArg: true,
    describe: 'threads that judge, where a folder holds many clusters',
    defaultDescription: 'one a processor',
  },
  settings: {
    type: 'string',
    requiresArg: true,
    describe: 'the settings file; --no-settings: use none',
    defaultDescription: 'lvsdoctor.yaml, found upwards',
  },
} as const satisfies Record<string, Options>;

/** How the commands that look at running hosts get there. */
export const lookOptions = {
  local: { type: 'boolean', describe: 'this host' },
  inventory: {
    type: 'string',
    requiresArg: true,
    describe: 'a file that ansible-inventory --list printed; HOST is then a host or group of it',
  },
  deadline: {
    type: 'string',
    requiresArg: true,
    describe: 'seconds for all hosts together',
    default: '60',
  },
  'show-commands': { type: 'boolean', describe: 'print every command that runs on a host, and run none' },
} as const satisfies Record<string, Options>;

/** The options of `diagnose`, in the order of its help. */
export const diagnoseOptions = {
  local: lookOptions.local,
  inventory: lookOptions.inventory,
  snapshot: {
    type: 'string',
    requiresArg: true,
    describe: 'a folder that collect wrote, of answers of its script (HOST.out), or of extracted sos reports',
  },
  deadline: lookOptions.deadline,
  'show-commands': lookOptions['show-commands'],
  symptom: {
    type: 'string',
    requiresArg: true,
    describe: 'walk the page of one symptom: what the look rules in and out',
  },
  watch: {
    type: 'string',
    describe: 'look again every 30 or so many seconds and print what changes',
  },
  format: lintOptions.format,
  advice: lintOptions.advice,
  'report-ignored': lintOptions['report-ignored'],
  'fail-on': lintOptions['fail-on'],
  'exit-zero': lintOptions['exit-zero'],
  settings: lintOptions.settings,
} as const satisfies Record<string, Options>;

/** The options of `collect`, in the order of its help. */
export const collectOptions = {
  ...lookOptions,
  output: {
    type: 'string',
    alias: 'o',
    requiresArg: true,
    describe: 'the folder to write, a new one for each host',
  },
  script: { type: 'boolean', describe: 'print the script that looks at a host, for others to run' },
  settings: lintOptions.settings,
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

const PATHS = {
  type: 'string',
  array: true,
  describe: 'files or folders; - is standard input',
  defaultDescription: 'this folder',
} as const;

const HOSTS = {
  type: 'string',
  array: true,
  describe: '[USER@]HOST[:PORT] as ssh knows it, or a name of the settings',
  defaultDescription: 'hosts of the settings that have ssh',
} as const;

export function lintCommand(yargs: Argv) {
  return yargs
    .usage('lint')
    .positional('path', { ...PATHS, defaultDescription: 'the settings, else this folder' })
    .options(lintOptions)
    .check(checkOptions)
    .epilogue(
      'Repairs are those of findings that are shown. After --fix the report and the exit code are of what is left; --diff prints the patch alone, and its exit code is that of the files as they are.\n\nExit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong use, 3 something could not be read or written, 4 a rule broke.',
    );
}

export function diagnoseCommand(yargs: Argv) {
  return yargs
    .usage('diagnose')
    .positional('host', HOSTS)
    .options(diagnoseOptions)
    .check(checkOptions)
    .epilogue(
      'Exit code: 0 nothing at or above --fail-on, 1 findings, 2 wrong use, 3 a host or what matters of it could not be seen, 4 a rule broke.',
    );
}

export function collectCommand(yargs: Argv) {
  return yargs
    .usage('collect')
    .positional('host', HOSTS)
    .options(collectOptions)
    .check(checkOptions)
    .epilogue('Exit code: 0 every host was seen, 2 wrong use, 3 a host could not be seen.');
}

export function explainCommand(yargs: Argv) {
  return yargs
    .usage('explain')
    .positional('name', {
      type: 'string',
      array: true,
      describe: 'a symptom, a rule, words, or a line of a log',
      defaultDescription: 'all symptoms',
    })
    .options(jsonOption);
}

export function rulesCommand(yargs: Argv) {
  return yargs.usage('rules').options(jsonOption);
}

export function initCommand(yargs: Argv) {
  return yargs.usage('init').positional('path', PATHS);
}
