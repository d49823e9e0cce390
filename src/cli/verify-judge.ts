import { buildCluster } from '../model/build.ts';
import type { Timeline } from '../verify/timeline.ts';
import type { JudgedTimeline } from '../verify/told.ts';
import { mistakes } from './catalogue.ts';
import { textOf } from './destinations.ts';
import { wholeNumber } from './disruption.ts';
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import { outputsOf, type ReportArguments } from './reports.ts';
import { loadSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';
import { conclude } from './verify.ts';

/** The command line of `verify judge`. */
export interface JudgeArguments extends ReportArguments {
  readonly file: readonly string[];
  readonly 'per-year': string;
  readonly settings?: string | false | undefined;
}

/** Judges tests again by what they wrote down: touches no host, and ends as the tests did. */
export async function verifyJudge(args: JudgeArguments, terminal: Terminal): Promise<ExitCode> {
  outputsOf(args);
  const perYear = wholeNumber(args['per-year'], 'per-year', 1, 1_000_000);
  const settings = await loadSettings(args.settings, terminal.workingFolder, mistakes);
  const { timelines, isWhole } = await read(args.file, terminal);
  if (timelines.length === 0) return EXIT.notJudged;
  const { judgeTimelines } = await import('../verify/judged-timelines.ts');
  const judged = judgeTimelines(timelines);
  const scene = { settings, cluster: buildCluster({ sources: [], gaps: [] }, settings), sources: [] };
  const code = await conclude(judged, scene, args, terminal, perYear);
  const least = judged.some(wasStopped) ? EXIT.stopped : isWhole ? EXIT.clean : EXIT.notJudged;
  return Math.max(code, least) as ExitCode;
}

/** A file that cannot be used is told, and the others are judged all the same. */
async function read(files: readonly string[], terminal: Terminal) {
  const { readTimelines } = await import('../verify/timeline-reader.ts');
  const timelines: Timeline[] = [];
  let isWhole = true;
  for (const file of files) {
    const found = await textOf(file, terminal).then(readTimelines, (error: unknown) => {
      if (error instanceof WrongUse) return { why: error.message };
      throw error;
    });
    if ('timelines' in found) timelines.push(...found.timelines);
    else {
      terminal.note(`lvsdoctor: ${found.why.startsWith(file) ? '' : `${file}: `}${found.why}\n`);
      isWhole = false;
    }
  }
  return { timelines, isWhole };
}

function wasStopped({ timeline, judgement }: JudgedTimeline): boolean {
  return (
    judgement.told.some(({ outcome }) => outcome === 'verify/undo-unconfirmed') ||
    timeline.moments.some((moment) => 'did' in moment && moment.step === 'abort')
  );
}
