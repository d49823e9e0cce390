import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDisk } from '../../src/collect/files.ts';
import { IncludeReader } from '../../src/collect/includes.ts';
import { type Configuration, configurations, isKnownTo, placesOf } from '../support/keepalived-config.ts';
import { findingsOf, toldOf } from '../support/oracle.ts';
import { SEED } from '../support/seed.ts';
import { sourceOf } from '../support/source.ts';
import { isNamedDisagreement, isOfTheMachine, ofTheFile } from './named-disagreements.ts';

/** The release whose messages the table of differences knows (Debian 12). */
const RELEASE = '2.2.7';
const RUNS = Number(process.env['LVSDOCTOR_RUNS'] ?? 2000);

const installed = releaseOf(spawnSync('keepalived', ['-v'], { encoding: 'utf8' }).stderr ?? '');
const isForced = process.env['CI'] !== undefined && installed === undefined;
const why =
  installed === undefined
    ? 'skipped: keepalived is not here, apt-get install keepalived'
    : `skipped: keepalived ${installed} is here, the table of differences knows ${RELEASE}`;

const places = placesOf(isOfTheMachine);
const sample = (runs: number) => fc.sample(configurations(RELEASE, places), { numRuns: runs, seed: SEED });

test('each keyword of the vocabulary that 2.2.7 has, at each of its places, is in the sample', () => {
  const used = new Set(sample(RUNS).flatMap(({ words }) => words));
  const missing = places
    .filter((place) => isKnownTo(RELEASE, place))
    .map(({ block, keyword }) => `${block}/${keyword.name}`)
    .filter((word) => !used.has(word));
  expect(places.length).toBeGreaterThan(400);
  expect(missing).toEqual([]);
});

describe.skipIf(installed !== RELEASE && !isForced)(
  `keepalived -t and the tool on generated files${installed === RELEASE ? '' : ` (${why})`}`,
  () => {
    test(`agree on ${RUNS} files, seed ${SEED}`, { timeout: 120_000 + 150 * RUNS }, async () => {
      expect(installed, 'CI compares with keepalived itself: install it').toBe(RELEASE);
      const files = sample(RUNS);
      const answers = await answersOf(files);
      const heard = answers.flatMap((answer) => answer ?? []);
      const complained = heard.filter(({ said }) => said.length > 0).length;
      const disagreements = heard.filter(
        ({ file, said, told, found }) =>
          said.length > 0 !== told.length > 0 && !isNamedDisagreement(file.text, said, told, found),
      );
      // keepalived crashes now and then, which is no answer.
      expect(heard.length).toBeGreaterThan(RUNS * 0.95);
      // Neither all sound nor all damaged: else the test would say nothing.
      expect(complained).toBeGreaterThan(RUNS / 5);
      expect(complained).toBeLessThan((RUNS * 9) / 10);
      expect(
        disagreements.length,
        disagreements
          .slice(0, 5)
          .map(({ file, said, told }) =>
            [...said.slice(0, 3), ...told.slice(0, 3), JSON.stringify(file.included), file.text].join('\n'),
          )
          .join('\n---\n'),
      ).toBe(0);
    });
  },
);

function releaseOf(output: string): string | undefined {
  return /Keepalived v(\d+\.\d+\.\d+)/.exec(output)?.[1];
}

/** What both say of one file. */
interface Answer {
  readonly file: Configuration;
  readonly said: readonly string[];
  readonly told: readonly string[];
  /** All that the tool found. */
  readonly found: readonly string[];
}

/** The answers about each file, a few at a time; undefined where keepalived crashed. */
async function answersOf(files: readonly Configuration[]): Promise<readonly (Answer | undefined)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-'));
  const answers: (Answer | undefined)[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < files.length; at = next++) {
      const file = files[at] as Configuration;
      const own = join(folder, String(at));
      mkdirSync(own);
      for (const [name, text] of Object.entries({ ...file.included, 'keepalived.conf': file.text }))
        writeFileSync(join(own, name), text);
      const said = await ask(own);
      answers[at] = said && { file, said, ...(await tell(file.text, own)) };
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(2, cpus().length) }, work));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return answers;
}

function ask(cwd: string): Promise<readonly string[] | undefined> {
  const options = ['-t', '-i', 'vm', '-f', join(cwd, 'keepalived.conf')];
  return new Promise((resolve) => {
    execFile('keepalived', options, { timeout: 10_000, cwd }, (error, out, err) => {
      const lines = `${out}${err}`.split('\n');
      const crashed = error !== null && typeof error.code !== 'number';
      resolve(crashed ? undefined : ofTheFile(lines));
    });
  });
}

/** The tool's findings, and those that keepalived shares. */
async function tell(text: string, folder: string): Promise<Pick<Answer, 'told' | 'found'>> {
  const path = join(folder, 'keepalived.conf');
  const { includes } = await new IncludeReader(localDisk).follow(
    sourceOf(text, 'keepalived.conf', {
      host: 'vm',
      name: 'keepalived.conf',
      origin: { kind: 'file', path },
    }),
    path,
  );
  const findings = findingsOf(text, RELEASE, includes);
  const messages = (some: typeof findings) => some.map(({ message }) => message);
  return { told: messages(toldOf(findings)), found: messages(findings) };
}
