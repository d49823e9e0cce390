import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { configurations } from '../support/keepalived-config.ts';
import { findingsOf, toldOf } from '../support/oracle.ts';
import { SEED } from '../support/seed.ts';
import { isNamedDisagreement } from './named-disagreements.ts';

/** The release whose messages the table of differences knows (Debian 12). */
const RELEASE = '2.2.7';
const RUNS = Number(process.env['LVSDOCTOR_RUNS'] ?? 2000);

const installed = releaseOf(spawnSync('keepalived', ['-v'], { encoding: 'utf8' }).stderr ?? '');
const isForced = process.env['CI'] !== undefined && installed === undefined;
const why =
  installed === undefined
    ? 'skipped: keepalived is not here, apt-get install keepalived'
    : `skipped: keepalived ${installed} is here, the table of differences knows ${RELEASE}`;

describe.skipIf(installed !== RELEASE && !isForced)(
  `keepalived -t and the tool on generated files${installed === RELEASE ? '' : ` (${why})`}`,
  () => {
    test(`agree on ${RUNS} files, seed ${SEED}`, { timeout: 180_000 }, async () => {
      expect(installed, 'CI compares with keepalived itself: install it').toBe(RELEASE);
      const texts = [...new Set(fc.sample(configurations(RELEASE), { numRuns: RUNS, seed: SEED }))];
      const answers = await answersOf(texts);
      const disagreements = texts.flatMap((text, at) => {
        const said = answers[at];
        if (said === undefined) return [];
        const told = toldOf(findingsOf(text));
        if (said.length > 0 === told.length > 0 || isNamedDisagreement(text, said)) return [];
        return [{ text, keepalived: said.slice(0, 3), tool: told.slice(0, 3).map(({ message }) => message) }];
      });
      expect(texts.length).toBeGreaterThan(RUNS * 0.9);
      const complained = answers.filter((said) => said !== undefined && said.length > 0).length;
      // Neither all sound nor all damaged: else the test would say nothing.
      expect(complained).toBeGreaterThan(texts.length / 5);
      expect(complained).toBeLessThan((texts.length * 9) / 10);
      expect(
        disagreements.length,
        disagreements
          .slice(0, 5)
          .map(({ text, ...said }) => `${JSON.stringify(said)}\n${text}`)
          .join('\n---\n'),
      ).toBe(0);
    });
  },
);

function releaseOf(output: string): string | undefined {
  return /Keepalived v(\d+\.\d+\.\d+)/.exec(output)?.[1];
}

/** What the machine decides: interfaces where a damaged line switched `dynamic_interfaces` off, programs. */
const OF_THE_MACHINE = /SECURITY VIOLATION|interface \S+ .*doesn't exist|Non-existent interface/;

/** What keepalived says of each text, a few at a time; undefined where it crashed. */
async function answersOf(texts: readonly string[]): Promise<readonly (readonly string[] | undefined)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-'));
  const answers: (readonly string[] | undefined)[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < texts.length; at = next++) {
      const path = join(folder, `${at}.conf`);
      writeFileSync(path, texts[at] ?? '');
      answers[at] = await ask(path);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(2, cpus().length) }, work));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return answers;
}

function ask(path: string): Promise<readonly string[] | undefined> {
  return new Promise((resolve) => {
    execFile('keepalived', ['-t', '-i', 'vm', '-f', path], { timeout: 10_000 }, (error, out, err) => {
      const lines = `${out}${err}`.split('\n');
      const crashed = error !== null && typeof error.code !== 'number';
      resolve(crashed ? undefined : lines.filter((line) => line.trim() !== '' && !OF_THE_MACHINE.test(line)));
    });
  });
}
