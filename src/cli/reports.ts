import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Gap } from '../evidence/evidence.ts';
import type { Diagnosis } from '../judge/diagnosis.ts';
import type { Verdict } from '../judge/finding.ts';
import type { Verification } from '../judge/verification.ts';
import type { JudgedHost } from '../report/context.ts';
import { FORMAT_NAMES, formatCalled, isReportFormat, type ReportFormat } from '../report/reporter.ts';
import type { Walk } from '../report/walk.ts';
import { errorText, plainWords } from '../report/words.ts';
import { WrongUse } from './exit.ts';
import { contextOf } from './report-context.ts';
import { didYouMean } from './suggest.ts';
import type { Terminal } from './terminal.ts';

/** What the command lines of all commands that judge say about reports. */
export interface ReportArguments {
  readonly format: string | readonly string[];
  readonly advice?: boolean | undefined;
  readonly 'report-ignored'?: boolean | undefined;
  readonly color?: boolean | undefined;
  /** Standard output is for a patch. */
  readonly diff?: boolean | undefined;
}

/** What was judged, and what came of it. */
export interface Judged {
  readonly hosts: readonly JudgedHost[];
  /** What keeps the user from what was asked for. */
  readonly missed: readonly Gap[];
  readonly verdict: Verdict;
  /** What is known of running hosts besides: the report is then made for whoever was called at night. */
  readonly diagnosis?: Diagnosis;
  readonly walk?: Walk | undefined;
  /** What a test measured: the report is then made for whoever wants to see it proven. */
  readonly verification?: Verification;
}

/** Where one report goes; without a file, to standard output. */
export interface Output {
  readonly format: ReportFormat;
  readonly file?: string;
}

/** The reports that a command line asks for; a wish that cannot be met is wrong use. */
export function outputsOf({ format: wanted, diff }: ReportArguments): readonly Output[] {
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

/** Writes every report where it is wanted; standard error tells what a report on standard output does not. */
export async function printReports(
  outputs: readonly Output[],
  { hosts, missed, verdict, diagnosis, walk, verification }: Judged,
  args: ReportArguments,
  terminal: Terminal,
): Promise<void> {
  const context = contextOf(hosts, args, terminal);
  for (const { format, file } of outputs) {
    const { lint, diagnose, verify } = await formatCalled(format);
    const own = { ...context, colour: context.colour && file === undefined };
    const report =
      verification !== undefined
        ? verify(verdict, { ...own, verification })
        : diagnosis === undefined
          ? lint(verdict, own)
          : diagnose(verdict, { ...own, diagnosis, ...(walk && { walk }) });
    write(report, file, terminal);
  }
  if (!outputs.some(({ format, file }) => format === 'text' && file === undefined))
    complain(missed, verdict, terminal);
}

function write(report: string, file: string | undefined, terminal: Terminal): void {
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
