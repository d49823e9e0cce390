import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../src/evidence/lines.ts';
import { lint } from './support/lint.ts';

/** Real files with what keepalived 2.2.7 said of each; LVSDOCTOR_CORPUS names the folder that holds them. */
const CORPUS = process.env.LVSDOCTOR_CORPUS ?? '';
const MANIFEST = join(CORPUS, 'manifest.json');

interface Run {
  readonly exit: number | string;
  readonly messages: readonly string[];
  readonly same?: true;
}

interface CorpusFile {
  readonly file: string;
  readonly kind: string;
  readonly class: string;
  readonly oracle: Run & { readonly with_interfaces?: Run; readonly provisioned?: Run };
}

const files: readonly CorpusFile[] =
  CORPUS !== '' && existsSync(MANIFEST) ? JSON.parse(readFileSync(MANIFEST, 'utf8')).files : [];
const textOf = (file: string) => readFileSync(join(CORPUS, file)).toString('utf8');

/** The run that says most: with the interfaces, scripts and users that the file names. */
function verdictOf({ oracle }: CorpusFile): Run {
  const withInterfaces = oracle.with_interfaces;
  return (
    oracle.provisioned ?? (withInterfaces === undefined || withInterfaces.same ? oracle : withInterfaces)
  );
}

describe.skipIf(files.length === 0)('the corpus of real files (skipped: set LVSDOCTOR_CORPUS)', () => {
  test.each(files.map(({ file }) => file))('%s is read', async (file) => {
    const { broken } = await lint({ [basename(file)]: textOf(file) });
    expect(broken).toEqual([]);
  });

  const sound = files.filter(
    (file) => file.class === 'upstream' && [0, 6].includes(verdictOf(file).exit as number),
  );

  test('holds samples that keepalived takes', () => expect(sound.length).toBeGreaterThan(15));

  test.each(sound.map((file) => [file.file, file] as const))(
    '%s gives no error that keepalived does not give',
    async (name, file) => {
      const named = new Set(
        verdictOf(file).messages.flatMap((message) => /Line (\d+)/.exec(message)?.[1] ?? []),
      );
      const { findings } = await lint({ [basename(name)]: textOf(name) });
      const errors = findings.filter(({ severity }) => severity === 'error');
      const surplus = errors.filter(
        ({ at }) => !named.has(String(linesOf(at.source).positionAt(at.range.start).line)),
      );
      expect(surplus.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    },
  );
});
