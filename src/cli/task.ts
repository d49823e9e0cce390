import { normalize } from 'node:path';
import { collectFiles, type FileRequest } from '../collect/collection.ts';
import type { Disk } from '../collect/files.ts';
import type { Gap } from '../evidence/evidence.ts';
import type { Verdict } from '../judge/finding.ts';
import { reaches } from '../judge/order.ts';
import type { Sieve } from '../judge/sieve.ts';
import { judgeEvidence } from '../judge/worlds.ts';
import type { JudgedHost } from '../report/context.ts';
import { rules } from './catalogue.ts';
import { hostsOf } from './report-context.ts';
import type { Settings } from './settings.ts';

/** A cluster to be judged: plain data, which may be handed to a worker thread. */
export interface Task {
  readonly request: FileRequest;
  readonly settings: Pick<Settings, 'hosts' | 'target' | 'rules' | 'failOn'>;
}

/** What came of a task, or of several; nothing of the model, which would be kept for nothing. */
export interface Seen {
  readonly verdict: Verdict;
  /** What keeps the user from what was asked for. */
  readonly missed: readonly Gap[];
  readonly hosts: readonly JudgedHost[];
  /** Whether something was found that makes the run fail. */
  readonly fails: boolean;
  /** Nobody knows what would have been found: the program itself failed. */
  readonly lost?: true;
}

/** Reads a cluster, models and judges it. */
export async function seenOf(
  { request, settings }: Task,
  disk: Disk,
  sieves: readonly Sieve[],
): Promise<Seen> {
  const { evidence, missed } = await collectFiles(request, disk);
  const options = { settings: settings.rules, sieves };
  const { cluster, verdict, unfollowed } = judgeEvidence(evidence, settings, rules, options);
  const named = unfollowed.filter(({ name }) => request.paths.some((path) => normalize(path) === name));
  return {
    verdict,
    missed: [...missed, ...named],
    hosts: hostsOf(cluster, evidence.sources),
    fails: verdict.findings.some(({ severity }) => reaches(severity, settings.failOn)),
  };
}

/** What was seen of several clusters, in their order, as one report tells it. */
export function joined(all: readonly Seen[]): Seen {
  const [first] = all;
  if (first !== undefined && all.length === 1) return first;
  const verdicts = all.map(({ verdict }) => verdict);
  return {
    verdict: {
      findings: verdicts.flatMap(({ findings }) => findings),
      ignored: verdicts.flatMap(({ ignored }) => ignored),
      notJudged: verdicts.flatMap(({ notJudged }) => notJudged),
      get judged() {
        return judgedIn(verdicts);
      },
      gaps: verdicts.flatMap(({ gaps }) => gaps),
      broken: verdicts.flatMap(({ broken }) => broken),
    },
    missed: all.flatMap(({ missed }) => missed),
    hosts: all.flatMap(({ hosts }) => hosts),
    fails: all.some(({ fails }) => fails),
    ...(all.some(({ lost }) => lost) && { lost: true }),
  };
}

/** Worked out for the formats that ask: of many clusters it is much. */
function judgedIn(verdicts: readonly Verdict[]): Verdict['judged'] {
  const judged = new Map<string, Set<string>>();
  for (const verdict of verdicts)
    for (const [rule, hosts] of verdict.judged) {
      const known = judged.get(rule) ?? new Set();
      judged.set(rule, known);
      for (const host of hosts) known.add(host);
    }
  return judged;
}
