import type { FileRequest } from '../collect/collection.ts';
import { type Disk, localDisk } from '../collect/files.ts';
import { localRenderer } from '../collect/local.ts';
import type { Format } from '../evidence/source.ts';
import type { Severity } from '../judge/finding.ts';
import type { Sieve } from '../judge/sieve.ts';
import { baselineFor } from './baseline.ts';
import { mistakes } from './catalogue.ts';
import { changeFor } from './change.ts';
import { type ExitCode, exitCodeOf, WrongUse } from './exit.ts';
import { repaired } from './fix.ts';
import { jobsOf, judgeTasks } from './judging.ts';
import { outputsOf, printReports, type ReportArguments } from './reports.ts';
import { loadSettings, type Settings } from './settings.ts';
import { tasksOf } from './tasks.ts';
import type { Terminal } from './terminal.ts';

/** The command line of `lint`. */
export interface LintArguments extends ReportArguments {
  readonly path?: readonly string[] | undefined;
  readonly as?: Format | undefined;
  readonly render?: string | undefined;
  readonly target?: string | undefined;
  readonly 'fail-on'?: Severity | undefined;
  readonly 'exit-zero'?: boolean | undefined;
  readonly settings?: string | false | undefined;
  readonly baseline?: string | false | undefined;
  readonly 'write-baseline'?: string | undefined;
  readonly staged?: boolean | undefined;
  readonly 'changed-since'?: string | undefined;
  readonly fix?: boolean | undefined;
  readonly unsafe?: boolean | undefined;
  readonly jobs?: string | undefined;
}

/** Judges files: reads, models, judges, repairs where that is asked for, reports. */
export async function lint(args: LintArguments, terminal: Terminal): Promise<ExitCode> {
  const outputs = outputsOf(args);
  const settings = await loadSettings(args.settings, terminal.workingFolder, mistakes);
  const tasks = await tasksOf(await requestOf(args, settings, terminal), settings, {
    target: targetOf(args.target),
    failOn: args['fail-on'],
    ownSettings: args.settings === undefined,
  });
  const jobs = jobsOf(args.jobs);
  const lookWith = (disk: Disk, sieves: readonly Sieve[]) => judgeTasks(tasks, disk, sieves, jobs, terminal);
  const isWhole = !args.path?.length && tasks.length === 1;
  const baseline = await baselineFor(args, settings, terminal, isWhole, async (sieve) => {
    await lookWith(localDisk, [sieve]);
  });
  const change = await changeFor(args, terminal, async (disk, sieve) => lookWith(disk, [...baseline, sieve]));
  const look = async (disk: Disk) => lookWith(disk, [...baseline, ...change.sieves]);
  const { seen, unwritten } = await repaired(look, args, terminal, change.disk);
  change.tell();
  await printReports(outputs, seen, args, terminal);
  return exitCodeOf({
    findings: seen.fails,
    missed: seen.missed.length > 0 || unwritten,
    broken: seen.verdict.broken.length > 0 || seen.lost === true,
    exitZero: args['exit-zero'] ?? false,
  });
}

/** `--target 2.2.7`; the command line counts before the settings. */
function targetOf(release: string | undefined): { readonly keepalived?: string } {
  if (release === undefined) return {};
  if (!/^\d+(?:\.\d+){0,2}$/.test(release))
    throw new WrongUse(`--target ${release} is no release of keepalived: write it as 2.2.7`);
  return { keepalived: release };
}

async function requestOf(args: LintArguments, settings: Settings, terminal: Terminal): Promise<FileRequest> {
  const paths = (args.path ?? []).map((path) => (path === '/dev/stdin' ? '-' : path));
  return {
    paths,
    workingFolder: terminal.workingFolder,
    declared: settings.files,
    as: args.as,
    render: args.render === undefined ? undefined : localRenderer(args.render, terminal.workingFolder),
    standardInput: paths.includes('-') ? await terminal.readInput() : undefined,
  };
}
