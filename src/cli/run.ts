import yargs from 'yargs';
import packageJson from '../../package.json' with { type: 'json' };
import { rules } from './catalogue.ts';
import { collect } from './collect.ts';
import { diagnose } from './diagnose.ts';
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import { explain } from './explain.ts';
import { withHead } from './help.ts';
import { init } from './init.ts';
import { readSymptoms } from './library.ts';
import { lint } from './lint.ts';
import {
  collectCommand,
  collectOptions,
  commonOptions,
  diagnoseCommand,
  diagnoseOptions,
  explainCommand,
  initCommand,
  lintCommand,
  lintOptions,
  rulesCommand,
} from './options.ts';
import { listRules } from './rules.ts';
import { didYouMean } from './suggest.ts';
import type { Terminal } from './terminal.ts';
import { verifyDistribution } from './verify-distribution.ts';
import { verifyFailover } from './verify-failover.ts';
import { verifyJudge } from './verify-judge.ts';
import {
  distributionCommand,
  distributionOptions,
  failoverCommand,
  failoverOptions,
  judgeCommand,
  judgeOptions,
  realServerCommand,
  realServerOptions,
} from './verify-options.ts';
import { verifyRealServer } from './verify-real-server.ts';

const COMMANDS = ['lint', 'diagnose', 'verify', 'collect', 'explain', 'rules', 'init', 'completion'];

/**
 * Runs one command line and says how it went. What only some runs need (YAML, wildcards) is imported where it is needed;
 * to import a whole command late costs more than it saves, because the wrapped modules are parsed twice.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const parser = yargs()
    .scriptName('lvsdoctor')
    .usage('lvsdoctor')
    .command('lint [path..]', 'judge the files of a cluster', lintCommand, async (args) => {
      code = await lint(args, terminal);
    })
    .command('diagnose [host..]', 'say what is wrong with running hosts', diagnoseCommand, async (args) => {
      code = await diagnose(args, terminal);
    })
    .command('verify', 'prove a cluster by its traffic', (verify) =>
      verify
        .usage('verify')
        .command(
          'distribution [service..]',
          'are requests spread as scheduler and weights say',
          distributionCommand,
          async (args) => {
            code = await verifyDistribution(args, terminal);
          },
        )
        .command(
          'real-server [server]',
          'is a failed real server taken out, and put back',
          realServerCommand,
          async (args) => {
            code = await verifyRealServer(args, terminal);
          },
        )
        .command(
          'failover',
          'does the VIP move, what do clients notice, does all come back',
          failoverCommand,
          async (args) => {
            code = await verifyFailover(args, terminal);
          },
        )
        .command('judge <file..>', 'judge again what a test wrote down', judgeCommand, async (args) => {
          code = await verifyJudge(args, terminal);
        })
        .demandCommand(1, 'name a test: distribution, real-server, failover; or judge'),
    )
    .command('collect [host..]', 'save what diagnose looks at', collectCommand, async (args) => {
      code = await collect(args, terminal);
    })
    .command('explain [name..]', 'explain a symptom, a rule or a log line', explainCommand, async (args) => {
      code = explain(args, terminal);
    })
    .command('rules', 'list every rule', rulesCommand, async (args) => {
      code = listRules(args, terminal);
    })
    .command('init [path..]', 'write a first lvsdoctor.yaml', initCommand, async (args) => {
      code = await init(args, terminal);
    })
    .completion('completion', 'print what lets a shell complete words', completeWord)
    .options(commonOptions)
    .demandCommand(1, `name a command: ${COMMANDS.join(', ')}`)
    .strict()
    .parserConfiguration({ 'parse-numbers': false, 'parse-positional-numbers': false, 'dot-notation': false })
    .version(packageJson.version)
    .help()
    .alias({ h: 'help', v: 'version' })
    .wrap(80)
    .detectLocale(false)
    .exitProcess(false)
    .fail((message, error) => {
      throw error === undefined || error.name === 'YError'
        ? new WrongUse(plainly(message ?? error.message, argv), true)
        : error;
    });
  try {
    await parser.parseAsync(asPaths(argv), {}, (_error, _args, output) => {
      if (output) terminal.out(argv[0] === '--get-yargs-completions' ? `${output}\n` : withHead(output));
    });
    return code;
  } catch (error) {
    return complain(error, argv, terminal);
  }
}

/** What the parser knows by itself, and the names that `explain` takes. */
function completeWord(
  current: string,
  { _: words }: { readonly _: readonly unknown[] },
  usual: (done: (error: unknown, found?: string[]) => void) => void,
  done: (found: string[]) => void,
): void {
  const names = words.includes('explain')
    ? [...rules.map(({ id }) => id), ...readSymptoms().map(({ name }) => name)]
    : [];
  usual((_error, found = []) => done([...found, ...names.filter((name) => name.startsWith(current))]));
}

/** The parser loses a lone `-` and whatever stands behind `--`. By another name it keeps the one, without `--` the other. */
function asPaths(argv: readonly string[]): string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const behind = argv.slice(end + 1).map((word) => (/^-./.test(word) ? `./${word}` : word));
  return [...argv.slice(0, end), ...behind].map((word) => (word === '-' ? '/dev/stdin' : word));
}

function complain(error: unknown, argv: readonly string[], terminal: Terminal): ExitCode {
  const known = COMMANDS.includes(argv[0] ?? '') ? `${argv[0]} ` : '';
  if (error instanceof WrongUse) {
    terminal.note(`lvsdoctor: ${error.message}\n`);
    if (error.isOfCommandLine) terminal.note(`lvsdoctor ${known}--help shows how it is used\n`);
    return EXIT.wrongUse;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  terminal.note(`lvsdoctor: this is a mistake of lvsdoctor itself, please report it\n${stack}\n`);
  return EXIT.failed;
}

/** The parser's complaint in our words, with what was probably meant. */
function plainly(message: string, argv: readonly string[]): string {
  const text = message.replace(/\s+/g, ' ').trim();
  const choice = /^Invalid values: Argument: ([\w-]+), Given: "([^"]*)", Choices: (.*)$/.exec(text);
  if (choice !== null) {
    const [, option = '', given = '', list = ''] = choice;
    const choices = list.replaceAll('"', '').split(', ');
    return `--${option} is one of ${choices.join(', ')}; not ${given}${didYouMean(given, choices)}`;
  }
  const empty = /^Not enough arguments following: ([\w-]+)$/.exec(text);
  if (empty !== null) return `--${empty[1]} needs a value`;
  const unknown = /^Unknown (?:arguments?|commands?): (.*)$/.exec(text)?.[1]?.split(', ')[0];
  return unknown === undefined ? text : aboutUnknown(unknown, argv);
}

function aboutUnknown(word: string, argv: readonly string[]): string {
  const dashes = argv.find(
    (given) => given.replace(/=.*/, '').replace(/^-+/, '') === word && given.startsWith('-'),
  );
  if (dashes !== undefined) {
    const options = {
      ...lintOptions,
      ...diagnoseOptions,
      ...collectOptions,
      ...distributionOptions,
      ...failoverOptions,
      ...judgeOptions,
      ...realServerOptions,
      ...commonOptions,
    };
    const known = ['help', 'version', 'json', ...Object.keys(options)];
    return `there is no option ${dashes.replace(/=.*/, '')} here${didYouMean(word, known).replace('mean ', 'mean --')}`;
  }
  if (word !== argv[0]) return `${word} is one word too many`;
  return `there is no command ${word}${didYouMean(word, COMMANDS) || `: lvsdoctor lint ${word} judges a file or folder`}`;
}
