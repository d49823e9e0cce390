import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fixedFully, newlyGrave } from './support/fix.ts';
import { lint } from './support/lint.ts';

/** A folder of real files; without it these tests are skipped. */
const CORPUS = process.env['LVSDOCTOR_CORPUS'] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-fixes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How many lines `keepalived -t` prints of a text; undefined where it is not installed or dies of it. */
function complaints(text: string): number | undefined {
  const path = join(folder, 'keepalived.conf');
  writeFileSync(path, text);
  const { stderr, status } = spawnSync('keepalived', ['-t', '-f', path], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  return status === null ? undefined : stderr.split('\n').filter(isOfTheFile).length;
}

const files = (
  CORPUS === ''
    ? []
    : (
        JSON.parse(readFileSync(join(CORPUS, 'manifest.json'), 'utf8')) as {
          files: { file: string; kind: string }[];
        }
      ).files
).map(({ file, kind }) => [file, kind] as const);

describe.skipIf(CORPUS === '')('real files (skipped: set LVSDOCTOR_CORPUS)', () => {
  test.each(files)('%s can be fixed', { timeout: 180_000 }, async (file, kind) => {
    const name = basename(file);
    const text = readFileSync(join(CORPUS, file), 'utf8');
    const { findings } = await lint({ [name]: text });
    if (findings.every(({ fix }) => fix === undefined)) return;
    const safe = await fixedFully({ [name]: text }, ({ fix }) => fix?.safety === 'safe');
    expect(newlyGrave(findings, (await lint(safe.files)).findings)).toEqual([]);
    const whole = await fixedFully({ [name]: text }, ({ fix }) => fix !== undefined);
    if (kind !== 'keepalived') return;
    for (const fixed of [safe, whole])
      expect(complaints(fixed.files[name] ?? '') ?? 0).toBeLessThanOrEqual(complaints(text) ?? 1e6);
  });
});

/** Interfaces that are not on this machine say nothing of the file. */
function isOfTheFile(line: string): boolean {
  return /\S/.test(line) && !/interface \S+ .*doesn't exist/.test(line);
}
