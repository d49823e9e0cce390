import { parentPort } from 'node:worker_threads';
import { localDisk } from '../collect/files.ts';
import type { Fix } from '../evidence/fix.ts';
import type { Place, RelatedPlace } from '../evidence/place.ts';
import type { Source } from '../evidence/source.ts';
import type { Finding, Verdict } from '../judge/finding.ts';
import { remembered } from '../model/memory.ts';
import { type Seen, seenOf, type Task } from './task.ts';

/** Judges the clusters that are handed to this thread, and hands back what a report tells of them. */
export function serveTasks(): void {
  parentPort?.on('message', async (tasks: readonly Task[]) => {
    const all: Seen[] = [];
    for (const task of tasks) all.push(plain(await seenOf(task, localDisk, [])));
    parentPort?.postMessage(all);
  });
}

/** Only what can be sent and is asked for: a rendering has functions, and what a file includes need not travel with it. */
function plain(seen: Seen): Seen {
  const { verdict } = seen;
  return {
    ...seen,
    verdict: {
      ...verdict,
      judged: withSharedSets(verdict.judged),
      findings: verdict.findings.map(plainFinding),
      ignored: verdict.ignored.map((each) => ({
        ...each,
        finding: plainFinding(each.finding),
        ...(each.at && { at: plainPlace(each.at) }),
      })),
    },
  };
}

/** Most rules see the same hosts: what is one object is sent once. */
function withSharedSets(judged: Verdict['judged']): Verdict['judged'] {
  const sets = new Map<string, ReadonlySet<string>>();
  return new Map(
    [...judged].map(([rule, hosts]) => {
      const names = [...hosts].join('\n');
      const shared = sets.get(names) ?? hosts;
      sets.set(names, shared);
      return [rule, shared];
    }),
  );
}

function plainFinding(finding: Finding): Finding {
  return {
    ...finding,
    at: plainPlace(finding.at),
    related: finding.related.map(plainRelated),
    ...(finding.fix && { fix: plainFix(finding.fix) }),
    also: finding.also.map(plainFinding),
  };
}

function plainPlace({ source, range, from }: Place): Place {
  return { source: plainSource(source), range, ...(from && { from: from.map(plainRelated) }) };
}

function plainRelated({ at, message }: RelatedPlace): RelatedPlace {
  return { at: plainPlace(at), message };
}

function plainFix(fix: Fix): Fix {
  return { ...fix, edits: fix.edits.map((edit) => ({ ...edit, source: plainSource(edit.source) })) };
}

/** One for each source, so that places that share a source still do. */
const plainSource = remembered(({ includes: _, rendering: __, ...source }: Source): Source => source);
