import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { localRemote } from '../collect/local.ts';
import type { Remote } from '../collect/remote.ts';
import { destinationOf } from '../collect/ssh/settings.ts';
import type { Gap } from '../evidence/evidence.ts';
import type { RelatedPlace } from '../evidence/place.ts';
import type { Source } from '../evidence/source.ts';
import { reaches } from '../judge/order.ts';
import { buildCluster } from '../model/build.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Timeline } from '../verify/timeline.ts';
import type { JudgedTimeline } from '../verify/told.ts';
import { mistakes } from './catalogue.ts';
import { type ExitCode, exitCodeOf, WrongUse } from './exit.ts';
import { evidenceFrom, type LookArguments, lookThrough, remotesOf, sshWay, tellUnseen } from './looking.ts';
import { hostsOf } from './report-context.ts';
import { outputsOf, printReports, type ReportArguments } from './reports.ts';
import { loadSettings, type Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** What the command lines of all tests of `verify` say. */
export interface VerifyArguments extends ReportArguments, LookArguments {
  readonly client?: string | undefined;
  readonly timeline?: string | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly settings?: string | false | undefined;
}

/** What every test begins with: the hosts, what one look at them shows, and the machine that plays the client. */
export interface Scene {
  readonly settings: Settings;
  readonly cluster: Cluster;
  readonly sources: readonly Source[];
  /** How the hosts are reached, by name. */
  readonly remotes: ReadonlyMap<string, Remote>;
  readonly client: { readonly remote: Remote; readonly isHere: boolean };
  /** Hosts that could not be seen, or not to the end. */
  readonly unseen: readonly { readonly host: string; readonly why: string }[];
  readonly gaps: readonly Gap[];
}

/** Looks at all hosts once, as `diagnose` does. A host that cannot be seen is told; the test decides what that means. */
export async function setScene(args: VerifyArguments, terminal: Terminal): Promise<Scene> {
  outputsOf(args);
  const settings = await loadSettings(args.settings, terminal.workingFolder, mistakes);
  const remotes = await remotesOf(args, settings, terminal);
  const looks = await lookThrough(remotes, args, terminal);
  const evidence = await evidenceFrom(looks);
  tellUnseen(evidence.unseen, terminal);
  const destination = args.client ?? settings.client;
  const isHere = destination === undefined;
  return {
    settings,
    cluster: buildCluster(evidence, settings),
    sources: evidence.sources,
    gaps: evidence.gaps,
    unseen: looks.flatMap(({ host, failure }) =>
      failure === undefined ? [] : [{ host, why: `${failure.kind}: ${failure.why}` }],
    ),
    remotes: new Map(remotes.map((remote) => [remote.host, remote])),
    client: {
      isHere,
      remote: isHere ? localRemote() : (await sshWay(terminal))(destinationOf(destination).host, destination),
    },
  };
}

/** Writes what was done and seen where it is wanted: one timeline, or a list of those of several runs. */
export function keepTimelines(
  { timeline: file }: Pick<VerifyArguments, 'timeline'>,
  timelines: readonly Timeline[],
  terminal: Terminal,
): void {
  if (file === undefined) return;
  const printed = timelines.map(printTimeline);
  try {
    writeFileSync(
      resolve(terminal.workingFolder, file),
      timelines.length === 1 ? printed.join('') : `[${printed.join(',')}]\n`,
    );
  } catch (error) {
    throw new WrongUse(
      `the timeline cannot be written to ${file} (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

/** A moment a line, times to a tenth of a millisecond. */
function printTimeline({ moments, ...head }: Timeline): string {
  const shortened = (key: string, value: unknown) =>
    (key === 'at' || key === 'milliseconds') && typeof value === 'number'
      ? Math.round(value * 10) / 10
      : value;
  const lines = moments.map((moment) => JSON.stringify(moment, shortened)).join(',\n');
  return `${JSON.stringify(head).slice(0, -1)},\n"moments":[\n${lines}\n]}\n`;
}

/** The places that configure a service, by its key. */
function configuredIn({ hosts }: Cluster): (subject: string) => readonly RelatedPlace[] {
  return (subject) =>
    hosts.flatMap(({ services = [] }) =>
      services
        .filter(({ endpoints }) => endpoints.some(({ key }) => key === subject))
        .map(({ place }) => ({ at: place, message: 'configured here' })),
    );
}

/** Reports what the judges said, by the same reporters as any other verdict. */
export async function conclude(
  judged: readonly JudgedTimeline[],
  { settings, cluster, sources }: Pick<Scene, 'settings' | 'cluster' | 'sources'>,
  args: ReportArguments,
  terminal: Terminal,
  failoversAYear?: number,
): Promise<ExitCode> {
  const { verdictOf } = await import('../verify/told.ts');
  const { verificationOf } = await import('../verify/measured.ts');
  const verification = verificationOf(judged, failoversAYear);
  const verdict = verdictOf(judged, settings.rules, configuredIn(cluster));
  await printReports(
    outputsOf(args),
    { hosts: hostsOf(cluster, sources), missed: [], verdict, verification },
    args,
    terminal,
  );
  return exitCodeOf({
    findings: verdict.findings.some(({ severity }) => reaches(severity, settings.failOn)),
    missed: verdict.notJudged.length > 0,
    broken: false,
    exitZero: false,
  });
}
