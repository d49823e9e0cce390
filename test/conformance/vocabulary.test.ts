import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { type BlockName, blockNames, vocabularyOf } from '../../grammars/keepalived/keywords.ts';

/*
 * Whether the vocabulary has every keyword: held against the calls that register them in keepalived's own source
 * (LVSDOCTOR_KEEPALIVED_SOURCE), and against a list of the newest release that lies beside the corpus.
 */

const source = process.env['LVSDOCTOR_KEEPALIVED_SOURCE'];
const corpus = process.env['LVSDOCTOR_CORPUS'];
const list = corpus === undefined ? undefined : join(corpus, '../reference/keepalived-keywords.json');

if (source === undefined)
  console.log(
    'vocabulary against keepalived: skipped, unpack `apt-get source keepalived` and name it in LVSDOCTOR_KEEPALIVED_SOURCE',
  );

const blocks = blockNames().map(vocabularyOf);

/** What `install_keyword("word", …)` and its kin name in the C files below a folder. */
function registeredIn(folder: string): ReadonlySet<string> {
  const texts = globSync('**/*.c', { cwd: folder }).map((path) => readFileSync(join(folder, path), 'utf8'));
  const calls = texts.flatMap((text) => [
    ...text.matchAll(/\binstall_keyword(?:_root|_conditional)?\(\s*"([^"]+)"/g),
  ]);
  return new Set(calls.flatMap(([, word]) => word ?? []));
}

test.skipIf(source === undefined)("every keyword that keepalived's source registers has an entry", () => {
  const registered = registeredIn(source ?? '');
  expect(registered.size).toBeGreaterThan(250);
  expect([...registered].filter((word) => !blocks.some((block) => block.has(word)))).toEqual([]);
});

interface Listed {
  readonly name: string;
  readonly path: readonly string[];
}

/** The block that a way from the top of the file leads to. */
function blockAt(path: readonly string[]): BlockName | undefined {
  let block: BlockName | undefined = 'root';
  for (const name of path) {
    block =
      block === undefined ? undefined : (vocabularyOf(block).keyword(name)?.opens as BlockName | undefined);
  }
  return block;
}

describe.skipIf(list === undefined)('the newest release', () => {
  const listed: readonly Listed[] = list === undefined ? [] : JSON.parse(readFileSync(list, 'utf8')).keywords;

  test('every keyword has an entry where it may stand', () => {
    expect(listed.length).toBeGreaterThan(500);
    const missing = listed.flatMap(({ name, path }) => {
      const block = blockAt(path);
      return block !== undefined && vocabularyOf(block).has(name) ? [] : [[...path, name].join('/')];
    });
    expect(missing).toEqual([]);
  });
});
