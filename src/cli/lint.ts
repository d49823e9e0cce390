import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { collectFiles, type FileRequest } from '../collect/collection.ts';
import type { Disk } from '../collect/files.ts';
import type { Gap } from '../evidence/evidence.ts';
import type { Format } from '../evidence/source.ts';
import type { Severity, Verdict } from '../judge/finding.ts';
import { judge } from '../judge/judge.ts';
import { reaches } from '../judge/order.ts';
import { buildCluster } from '../model/build.ts';
import type { ReportContext } from '../report/context.ts';
import { type ReportFormat, reporters } from '../report/reporter.ts';
import { errorText, plainWords } from '../report/words.ts';
import { rules } from './catalogue.ts';
import { type ExitCode, exitCodeOf, WrongUse } from './exit.ts';
import { repaired } from './fix.ts';
import { contextOf } from './report-context.ts';
import { loadSettings, type Settings } from './settings.ts';
import { didYouMean } from './suggest.ts';
import type { Terminal } from './terminal.ts';

/** The command line of `lint`. */
export interface LintArguments {
  readonly path?: readonly string[] | undefined;
  readonly format: string | readonly string[];
  readonly as?: Format | undefined;
  readonly target?: string | undefined;
  readonly advice?: boolean | undefined;
  readonly 'fail-on'?: Severity | undefined;
  readonly 'exit-zero'?: boolean | undefined;
  readonly settings?: string | false | undefined;
  readonly color?: boolean | undefined;
  readonly fix?: boolean | undefined;
  readonly unsafe?: boolean | undefined;
  readonly diff?: boolean | undefined;
}

/** Judges files: reads, models, judges, repairs where that is asked for, reports. */
export async function lint(args: LintArguments, terminal: Terminal): Promise<ExitCode> {
  const outputs = outputsOf(args);
  const settings = await loadSettings(args.settings, terminal.workingFolder, rules);
  const target = { ...settings.target, ...targetOf(args.target) };
  const request = await requestOf(args, settings, terminal);
  const look = async (disk: Disk) => {
    const { evidence, missed } = await collectFiles(request, disk);
    const cluster = buildCluster(evidence, { ...settings, target });
    const verdict = judge(cluster, rules, evidence.gaps, { settings: settings.rules });
    return { evidence, missed, cluster, verdict };
  };
  const { seen, unwritten } = await repaired(look, args, terminal);
  const { evidence, missed, cluster, verdict } = seen;
  const context = contextOf(cluster, evidence.sources, args, terminal);
  for (const output of outputs) write(output, verdict, context, terminal);
  if (!outputs.some(({ format, file }) => format === 'text' && file === undefined))
    complain(missed, verdict, terminal);
  const failOn = args['fail-on'] ?? settings.failOn;
  return exitCodeOf({
    findings: verdict.findings.some(({ severity }) => reaches(severity, failOn)),
    missed: missed.length > 0 || unwritten,
    broken: verdict.broken.length > 0,
    exitZero: args['exit-zero'] ?? false,
  });
}

/** Where one report goes; without a file, to standard output. */
interface Output {
  readonly format: ReportFormat;
  readonly file?: string;
}

function outputsOf({ format: wanted, diff }: LintArguments): readonly Output[] {
  const outputs = [wanted].flat().map((item): Output => {
    const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(item) ?? [];
    if (!isReportFormat(name))
      throw new WrongUse(
        `there is no format ${name}${didYouMean(name, FORMAT_NAMES) || `: take ${FORMAT_NAMES.join(', ')}`}`,
      );
    return file === undefined ? { format: name } : { format: name, file };
  });
  const [first, second] = outputs.filter(({ file }) => file === undefined);
  if (first !== undefined && second !== undefined)
    throw new WrongUse(
      `two reports cannot share standard output: --format ${first.format}=FILE writes one to a file`,
    );
  if (!diff) return outputs;
  if (first !== undefined && first.format !== 'text')
    throw new WrongUse(
      `--diff has standard output for itself: --format ${first.format}=FILE writes a report to a file`,
    );
  return outputs.filter(({ file }) => file !== undefined);
}

const FORMAT_NAMES = Object.keys(reporters);

function isReportFormat(name: string): name is ReportFormat {
  return Object.hasOwn(reporters, name);
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
    standardInput: paths.includes('-') ? await terminal.readInput() : undefined,
  };
}

function write({ format, file }: Output, verdict: Verdict, context: ReportContext, terminal: Terminal): void {
  const colour = context.colour && file === undefined;
  const report = reporters[format](verdict, { ...context, colour });
  if (file === undefined) {
    terminal.out(report);
    return;
  }
  try {
    writeFileSync(resolve(terminal.workingFolder, file), report);
  } catch (error) {
    throw new WrongUse(`the report cannot be written to ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** What the report on standard output does not say by itself: why the exit code is 3 or 4. */
function complain(missed: readonly Gap[], { broken }: Verdict, terminal: Terminal): void {
  for (const { name, why } of missed) terminal.note(`lvsdoctor: ${plainWords(name)}: ${plainWords(why)}\n`);
  for (const { rule, error } of broken)
    terminal.note(`lvsdoctor: rule ${rule} failed: ${errorText(error)}\n`);
}
