import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectFiles } from '../collect/collection.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { buildCluster } from '../model/build.ts';
import type { Host } from '../model/cluster.ts';
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
  try {
    writeFileSync(path, await settingsText(evidence, buildCluster(evidence).hosts), { flag: 'wx' });
  } catch (error) {
    throw new WrongUse(`${SETTINGS_NAME} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
  terminal.out(`${SETTINGS_NAME} is written; look it through, then run lvsdoctor lint\n`);
  return missed.length > 0 ? EXIT.notJudged : EXIT.clean;
}

/** The settings that say what was found, with a word on each part. */
async function settingsText({ sources }: Evidence, hosts: readonly Host[]): Promise<string> {
  const { stringify } = await import('yaml');
  const found = hosts.map(({ name, roles, ownAddresses }) => {
    const [role, second] = [...roles];
    return [
      name,
      {
        ...(role !== undefined && second === undefined && { role }),
        files: sources
          .filter(({ host, origin }) => host === name && origin.path !== '-')
          .map((source) => source.name),
        ...(ownAddresses.size > 0 && { addresses: [...ownAddresses] }),
      },
    ] as const;
  });
  return [
    '# Settings of lvsdoctor. Every part is optional; paths start at this file.',
    '# A host: role (director or real-server), files, its own addresses, ssh (user@address).',
    stringify(
      { hosts: Object.fromEntries(found) },
      { flowCollectionPadding: false, lineWidth: 110 },
    ).trimEnd(),
    '',
    '# What the files are meant to run on:',
    "# target: { keepalived: '2.2.8', kernel: '5.14' }",
    '',
    '# The least severity that makes lvsdoctor lint fail: error, warning or info.',
    'failOn: warning',
    '',
    '# A severity for a rule or a topic, or off, and thresholds; lvsdoctor rules lists them all.',
    '# rules: { security/plaintext-auth: off, ipvs/weight-skew: { ratio: 20 } }',
    '',
  ].join('\n');
}
