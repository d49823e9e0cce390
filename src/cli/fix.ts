import { type Disk, localDisk } from '../collect/files.ts';
import type { Finding, Verdict } from '../judge/finding.ts';
import { repair } from '../judge/repair.ts';
import { counted, listed, plainWords } from '../report/words.ts';
import { patchOf } from './patch.ts';
import { replaceFiles } from './replace-file.ts';
import type { Terminal } from './terminal.ts';
import type { ChangedFile } from './working-copy.ts';
import { WorkingCopy } from './working-copy.ts';

/** The words of the command line that ask for repairs. */
export interface FixArguments {
  readonly fix?: boolean | undefined;
  readonly unsafe?: boolean | undefined;
  readonly diff?: boolean | undefined;
  readonly advice?: boolean | undefined;
}

/**
 * Looks, and repairs where that is asked for. After `--fix` it is the repaired files that were seen; `--diff` prints what
 * would be written, writes nothing, and leaves what was seen as it is.
 */
export async function repaired<L extends Look>(
  look: (disk: Disk) => Promise<L>,
  args: FixArguments,
  terminal: Terminal,
  disk: Disk = localDisk,
): Promise<{ readonly seen: L; readonly unwritten: boolean }> {
  if (!args.fix && !args.diff) return { seen: await look(disk), unwritten: false };
  const wanted = { unsafe: args.unsafe ?? false, advice: args.advice ?? false };
  const all = await fixAll(look, wanted);
  if (args.diff) {
    terminal.out(await patchOf(all.files, terminal.workingFolder));
    terminal.note(`lvsdoctor: ${fixNote('this patch fixes', all, wanted)}\n`);
    return { seen: all.first, unwritten: false };
  }
  const { refused, written } = replaceFiles(all.files);
  for (const { name, why } of refused) terminal.note(`lvsdoctor: ${plainWords(name)}: ${why}\n`);
  if (refused.length > 0) {
    terminal.note(
      `lvsdoctor: ${written === 0 ? 'no file was' : `${written} of ${all.files.length} files were`} changed\n`,
    );
    return { seen: await look(localDisk), unwritten: true };
  }
  terminal.note(`lvsdoctor: ${fixNote('fixed', all, wanted)}\n`);
  return { seen: all.last, unwritten: false };
}

interface Look {
  readonly verdict: Verdict;
}

/** Which fixes are asked for. */
interface Wanted {
  /** Those that somebody has to look at as well. */
  readonly unsafe: boolean;
  /** Those of advice as well: what a report does not show is not changed. */
  readonly advice: boolean;
}

/** What is left when nothing can be fixed any more, and what it took. */
interface Fixed<L> {
  readonly first: L;
  readonly last: L;
  readonly files: readonly ChangedFile[];
  readonly count: number;
}

/** One fix may bring another to light; a fix that never ends is a mistake of its rule, and is left after so many. */
const MOST_ROUNDS = 50;

/** Fixes texts and judges them again until nothing is left that could be fixed; writes nothing. */
async function fixAll<L extends Look>(look: (disk: Disk) => Promise<L>, wanted: Wanted): Promise<Fixed<L>> {
  const copy = new WorkingCopy();
  const first = await look(copy.disk);
  let last = first;
  let count = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { texts, fixed } = repair(
      last.verdict.findings.filter((finding) => isWanted(finding, wanted)),
      copy.fileOf,
    );
    if (texts.size === 0) break;
    for (const [file, { source, text }] of texts) copy.put(file, source, text);
    count += fixed.length;
    last = await look(copy.disk);
  }
  return { first, last, files: copy.changes(), count };
}

function isWanted({ fix, severity }: Finding, { unsafe, advice }: Wanted): boolean {
  if (fix === undefined || (severity === 'info' && !advice)) return false;
  return fix.safety === 'safe' || unsafe;
}

/** `fixed 3 findings in 2 files: lb1.conf, lb2.conf; --unsafe fixes 1 more`. */
function fixNote(verb: string, { count, files, last }: Fixed<Look>, wanted: Wanted): string {
  const more = wanted.unsafe
    ? 0
    : last.verdict.findings.filter((finding) => isWanted(finding, { ...wanted, unsafe: true })).length;
  const hint = more === 0 ? '' : `; --unsafe fixes ${more} more`;
  if (count === 0) return `nothing to fix${hint}`;
  const names = listed(
    files.map(({ name }) => plainWords(name)),
    MOST_NAMES,
  );
  return `${verb} ${counted(count, 'finding')} in ${counted(files.length, 'file')}: ${names}${hint}`;
}

const MOST_NAMES = 10;
