import yargs from 'yargs';
import packageJson from '../../package.json' with { type: 'json' };
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import {
  commonOptions,
  explainCommand,
  help,
  initCommand,
  lintCommand,
  lintOptions,
  rulesCommand,
} from './options.ts';
import { didYouMean } from './suggest.ts';
import type { Terminal } from './terminal.ts';

const COMMANDS = ['lint', 'explain', 'rules', 'init'];

/** Runs one command line and says how it went. The modules of a command are run only when it is called. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const parser = yargs()
    .scriptName('lvsdoctor')
    .usage(
      help('COMMAND', 'finds what is wrong with a Linux Virtual Server cluster (IPVS + keepalived)', [
        ['lvsdoctor lint lb1.conf lb2.conf', 'judge a pair of directors'],
        ['lvsdoctor explain arp', 'what the rules say of ARP'],
        ['lvsdoctor init', 'write settings for this folder'],
      ]),
    )
    .command('lint [path..]', 'judge the files of a cluster', lintCommand, async (args) => {
      const { lint } = await import('./lint.ts');
      code = await lint(args, terminal);
    })
    .command('explain <name..>', 'show the page of a rule', explainCommand, async (args) => {
      const { explain } = await import('./explain.ts');
      code = explain(args, terminal);
    })
    .command('rules', 'list every rule', rulesCommand, async (args) => {
      const { listRules } = await import('./rules.ts');
      code = listRules(args, terminal);
    })
    .command('init [path..]', 'write a first lvsdoctor.yaml', initCommand, async (args) => {
      const { init } = await import('./init.ts');
      code = await init(args, terminal);
    })
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
      throw error ?? new WrongUse(message);
    });
  try {
    await parser.parseAsync([...argv], {}, (_error, _args, output) => {
      if (output) terminal.out(`${output}\n`);
    });
    return code;
  } catch (error) {
    if (!(error instanceof WrongUse) && !isUsageError(error)) throw error;
    terminal.note(`lvsdoctor: ${plainly(error.message, argv)}\n`);
    terminal.note(
      `lvsdoctor ${COMMANDS.includes(argv[0] ?? '') ? `${argv[0]} ` : ''}--help shows how it is used\n`,
    );
    return EXIT.wrongUse;
  }
}

function isUsageError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'YError';
}

/** The parser's complaint, with what was probably meant. */
function plainly(message: string, argv: readonly string[]): string {
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(', ')[0];
  if (unknown === undefined) return message.replace(/^\s+|\s+$/g, '').replace(/\n\s*/g, ' ');
  if (unknown === argv[0]) {
    const guess = didYouMean(unknown, COMMANDS);
    return `there is no command ${unknown}${guess || `: lvsdoctor lint ${unknown} judges a file or folder`}`;
  }
  const known = [...Object.keys(lintOptions), ...Object.keys(commonOptions), 'json', 'help', 'version'];
  if (!argv.some((word) => word.startsWith(`--${unknown}`))) return `nobody asked for ${unknown} here`;
  const guess = didYouMean(unknown, known);
  return `there is no option --${unknown}${guess.replace('mean ', 'mean --')}`;
}
