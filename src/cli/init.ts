import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectFiles } from '../collect/collection.ts';
import { buildCluster } from '../model/build.ts';
import { plainWords } from '../report/words.ts';
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import { SETTINGS_NAME } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** The command line of `init`. */
export interface InitArguments {
  readonly path?: readonly string[] | undefined;
}

/** Writes a first lvsdoctor.yaml into the working folder, never over another. */
export async function init({ path: paths = [] }: InitArguments, terminal: Terminal): Promise<ExitCode> {
  const path = join(terminal.workingFolder, SETTINGS_NAME);
  if (existsSync(path)) throw new WrongUse(`${SETTINGS_NAME} exists here already, and it stays as it is`);
  const { evidence, missed } = await collectFiles({
    paths,
    workingFolder: terminal.workingFolder,
    declared: [],
  });
  for (const { name, why } of missed) terminal.note(`lvsdoctor: ${plainWords(name)}: ${plainWords(why)}\n`);
  if (evidence.sources.length === 0) return EXIT.notJudged;
  const { settingsText } = await import('./settings-text.ts');
  const text = settingsText(evidence, buildCluster(evidence).hosts);
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    throw new WrongUse(`${SETTINGS_NAME} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
  terminal.out(`${SETTINGS_NAME} is written; look it through, then run lvsdoctor lint\n`);
  return missed.length > 0 ? EXIT.notJudged : EXIT.clean;
}
