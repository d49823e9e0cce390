import { resolve } from 'node:path';
import type { HostLook } from '../collect/look.ts';
import { listCommands } from '../collect/script.ts';
import { readSnapshot, SnapshotTrouble } from '../collect/snapshot.ts';
import type { Gap } from '../evidence/evidence.ts';
import { diagnosisOf } from '../judge/diagnosis.ts';
import type { Severity } from '../judge/finding.ts';
import { judge } from '../judge/judge.ts';
import { reaches } from '../judge/order.ts';
import { buildCluster } from '../model/build.ts';
import { partsOf } from '../model/host-parts.ts';
import { mistakes, rules } from './catalogue.ts';
import { EXIT, type ExitCode, exitCodeOf, WrongUse } from './exit.ts';
import { evidenceFrom, type LookArguments, lookAtHosts, tellUnseen } from './looking.ts';
import { hostsOf } from './report-context.ts';
import { outputsOf, printReports, type ReportArguments } from './reports.ts';
import { loadSettings, type Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';
import { symptomCalled, walkThrough } from './walk.ts';
import { stateOf, systemClock, watch } from './watch.ts';

/** The command line of `diagnose`. */
export interface DiagnoseArguments extends ReportArguments, LookArguments {
  readonly snapshot?: string | undefined;
  readonly symptom?: string | undefined;
  readonly watch?: string | undefined;
  readonly 'fail-on'?: Severity | undefined;
  readonly 'exit-zero'?: boolean | undefined;
  readonly settings?: string | false | undefined;
}

/** Judges running hosts, or what a look at them saved: looks, models, judges, reports. */
export async function diagnose(args: DiagnoseArguments, terminal: Terminal): Promise<ExitCode> {
  if (args['show-commands']) {
    terminal.out(listCommands());
    return EXIT.clean;
  }
  const outputs = outputsOf(args);
  const symptom = args.symptom === undefined ? undefined : symptomCalled(args.symptom);
  const interval = intervalOf(args);
  const settings = await loadSettings(args.settings, terminal.workingFolder, mistakes);
  const look = async () => lookOnce(args, settings, terminal);
  if (interval !== undefined)
    return await watch(async () => stateOf(await look(), args), {
      interval,
      clock: systemClock,
      interrupted: terminal.interruption?.() ?? new AbortController().signal,
      out: terminal.out,
    });
  const { unseen, ...seen } = await look();
  tellUnseen(unseen, terminal);
  const walk = symptom && walkThrough(symptom, seen.cluster, seen.verdict);
  const missed = seen.missed.filter(({ format }) => format !== undefined);
  await printReports(
    outputs,
    { ...seen, hosts: hostsOf(seen.cluster, seen.sources), missed, walk },
    args,
    terminal,
  );
  return seen.code;
}

async function lookOnce(args: DiagnoseArguments, settings: Settings, terminal: Terminal) {
  const { sources, gaps, unseen } = await evidenceFrom(await looksOf(args, settings, terminal));
  const cluster = buildCluster({ sources, gaps }, settings);
  const verdict = judge(cluster, rules, gaps, { settings: settings.rules });
  const missed = gaps.filter(matters);
  const failOn = args['fail-on'] ?? settings.failOn;
  const code = exitCodeOf({
    findings: verdict.findings.some(({ severity }) => reaches(severity, failOn)),
    missed: missed.length > 0,
    broken: verdict.broken.length > 0,
    exitZero: args['exit-zero'] ?? false,
  });
  return {
    unseen,
    sources,
    cluster,
    verdict,
    missed,
    code,
    diagnosis: diagnosisOf(cluster, verdict.findings),
  };
}

const STANDARD_INTERVAL = '30';

/** The milliseconds from look to look; undefined where one look is asked for. */
function intervalOf({ watch: wanted, snapshot, symptom, format }: DiagnoseArguments): number | undefined {
  if (wanted === undefined) return undefined;
  const seconds = Number(wanted || STANDARD_INTERVAL);
  if (!(seconds >= 5 && seconds <= 3600))
    throw new WrongUse(`--watch ${wanted} is no number of seconds from 5 to 3600`, true);
  if (snapshot !== undefined) throw new WrongUse('a snapshot does not change: --watch is for hosts', true);
  if (symptom !== undefined) throw new WrongUse('--symptom and --watch do not go together', true);
  if (format !== 'text') throw new WrongUse('--watch prints lines of its own: leave --format out', true);
  return seconds * 1000;
}

async function looksOf(
  args: DiagnoseArguments,
  settings: Settings,
  terminal: Terminal,
): Promise<readonly HostLook[]> {
  const { snapshot, local, host, inventory } = args;
  if (snapshot === undefined) return await lookAtHosts(args, settings, terminal);
  if (local || host?.length || inventory !== undefined)
    throw new WrongUse('--snapshot is a look that was: take it, or name hosts, --inventory or --local', true);
  try {
    return readSnapshot(resolve(terminal.workingFolder, snapshot));
  } catch (error) {
    throw error instanceof SnapshotTrouble ? new WrongUse(error.message) : error;
  }
}

/** A host that could not be seen, or something of it without which rules are silent. */
function matters({ format, basis }: Gap): boolean {
  return format === undefined || partsOf(format, basis).length > 0;
}
