import { baselineSieve } from '../judge/baseline.ts';
import type { Finding } from '../judge/finding.ts';
import type { Sieve } from '../judge/sieve.ts';
import { counted, plainWords } from '../report/words.ts';
import { dayOf, readBaseline, shown, writeBaseline } from './baseline-file.ts';
import { WrongUse } from './exit.ts';
import type { Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';
import { systemClock } from './watch.ts';

/** The words of the command line that speak of a baseline. */
interface BaselineArguments {
  readonly baseline?: string | false | undefined;
  readonly 'write-baseline'?: string | undefined;
}

/** What holds findings against the baseline that is asked for, after it was written where that is asked for. */
export async function baselineFor(
  args: BaselineArguments,
  settings: Settings,
  { workingFolder, note }: Terminal,
  isWhole: boolean,
  look: (sieve: Sieve) => Promise<void>,
): Promise<readonly Sieve[]> {
  const wanted = args['write-baseline'] ?? args.baseline ?? settings.baseline;
  if (wanted === undefined || wanted === false) return [];
  const found = readBaseline(wanted, workingFolder);
  if (args['write-baseline'] !== undefined) {
    const findings: Finding[] = [];
    await look((all) => {
      findings.push(...all);
      return { left: all };
    });
    const count = writeBaseline(found, findings);
    note(`lvsdoctor: ${plainWords(found.name)} lets ${counted(count, 'finding')} through\n`);
  } else if (found.text === undefined)
    throw new WrongUse(
      `there is no baseline ${found.name}: lint --write-baseline ${found.name} writes what is found now`,
    );
  const { entries } = args['write-baseline'] === undefined ? found : readBaseline(wanted, workingFolder);
  const baseline = { entries, today: dayOf(systemClock.now()), isWhole };
  return [baselineSieve(baseline, shown)];
}
