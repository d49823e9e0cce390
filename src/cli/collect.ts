import { resolve } from 'node:path';
import { listCommands, probeScript } from '../collect/script.ts';
import { SnapshotTrouble, writeSnapshot } from '../collect/snapshot.ts';
import { counted } from '../report/words.ts';
import { mistakes } from './catalogue.ts';
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import { type LookArguments, lookAtHosts, tellUnseen, unseenAmong } from './looking.ts';
import { loadSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** The command line of `collect`. */
export interface CollectArguments extends LookArguments {
  readonly output?: string | undefined;
  readonly script?: boolean | undefined;
  readonly settings?: string | false | undefined;
}

/** Saves a look at running hosts, or prints what it takes to have others look. */
export async function collect(args: CollectArguments, terminal: Terminal): Promise<ExitCode> {
  if (args.script || args['show-commands']) {
    terminal.out(args.script ? probeScript() : listCommands());
    return EXIT.clean;
  }
  if (args.output === undefined) throw new WrongUse('name the folder to write: -o DIR', true);
  const settings = await loadSettings(args.settings, terminal.workingFolder, mistakes);
  const looks = await lookAtHosts(args, settings, terminal);
  try {
    writeSnapshot(resolve(terminal.workingFolder, args.output), looks);
  } catch (error) {
    throw error instanceof SnapshotTrouble ? new WrongUse(error.message) : error;
  }
  const unseen = unseenAmong(looks);
  tellUnseen(unseen, terminal);
  const gaps = looks.flatMap(({ probes }) => probes).filter(({ gap }) => gap !== undefined);
  const lacks =
    gaps.length > 0
      ? `; ${counted(gaps.length, 'probe')} saw less than asked for, manifest.json says why`
      : '';
  terminal.note(
    `lvsdoctor: ${counted(looks.length - unseen.length, 'host')} saved in ${args.output}${lacks}\n`,
  );
  return unseen.length > 0 ? EXIT.notJudged : EXIT.clean;
}
