import { type Disk, localDisk } from '../collect/files.ts';
import { type GitChange, GitTrouble, statesOf, type Wanted } from '../collect/git.ts';
import { linesOf } from '../evidence/lines.ts';
import type { Place } from '../evidence/place.ts';
import type { Source } from '../evidence/source.ts';
import { namesIn } from '../judge/baseline.ts';
import { changeSieve } from '../judge/change.ts';
import type { Sieve } from '../judge/sieve.ts';
import { remembered } from '../model/memory.ts';
import { counted } from '../report/words.ts';
import { shown } from './baseline-file.ts';
import { WrongUse } from './exit.ts';
import { addedLines } from './patch.ts';
import type { Terminal } from './terminal.ts';

/** The words of the command line that speak of a change. */
interface ChangeArguments {
  readonly staged?: boolean | undefined;
  readonly 'changed-since'?: string | undefined;
  readonly advice?: boolean | undefined;
}

/** What is to be judged of a change: the disk behind it, and what keeps older findings back. */
interface ChangeToJudge {
  readonly disk: Disk;
  readonly sieves: readonly Sieve[];
  /** Says how much was kept back. */
  tell(): void;
}

/** Judges the files before a change, so that what is found behind it can be held against that. */
export async function changeFor(
  args: ChangeArguments,
  { workingFolder, env, note }: Terminal,
  look: (disk: Disk, sieve: Sieve) => Promise<unknown>,
): Promise<ChangeToJudge> {
  const wanted = wantedIn(args);
  if (wanted === undefined) return { disk: localDisk, sieves: [], tell: () => undefined };
  try {
    const { before, after, changes } = await statesOf(wanted, {
      folder: workingFolder,
      env,
      disk: localDisk,
    });
    const older = new Set<string>();
    await look(before, (findings) => {
      for (const name of namesIn(findings, shown).values()) older.add(name);
      return { left: findings };
    });
    let count = 0;
    const sieve = changeSieve(
      {
        before: older,
        touches: await touchedBy(changes, after),
        leftOut: (findings) => {
          count += findings.filter(({ severity }) => args.advice || severity !== 'info').length;
        },
      },
      shown,
    );
    const tell = () => {
      if (count > 0)
        note(
          `lvsdoctor: ${counted(count, 'finding')} from before the change ${count === 1 ? 'is' : 'are'} not shown\n`,
        );
    };
    return { disk: after, sieves: [sieve], tell };
  } catch (error) {
    throw error instanceof GitTrouble ? new WrongUse(error.message) : error;
  }
}

function wantedIn({ staged, 'changed-since': since }: ChangeArguments): Wanted | undefined {
  if (since !== undefined) return { since };
  return staged ? { staged: true } : undefined;
}

async function touchedBy(changes: readonly GitChange[], disk: Disk): Promise<(place: Place) => boolean> {
  const changed = new Map(changes.map((change) => [change.path, change]));
  const added = await addedLines();
  const linesIn = remembered(({ origin, text }: Source): ((line: number) => boolean) => {
    const change = origin.kind === 'file' ? changed.get(disk.real(origin.path)) : undefined;
    if (change === undefined) return () => false;
    const before = change.before();
    return before === undefined ? () => true : added(new TextDecoder().decode(before), text);
  });
  return ({ source, range }) => {
    const isAdded = linesIn(source);
    const lines = linesOf(source);
    const last = lines.positionAt(Math.max(range.start, range.end - 1)).line;
    for (let line = lines.positionAt(range.start).line; line <= last; line++) if (isAdded(line)) return true;
    return false;
  };
}
