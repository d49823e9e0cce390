import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { readYaml, type Value } from '../../grammars/yaml/read.ts';
import { expectLinear } from '../support/cost.ts';
import { SEED } from '../support/seed.ts';
import { sourceOf } from '../support/source.ts';

const read = (text: string) => readYaml(sourceOf(text, 'manifest'));

function plain(value: Value): unknown {
  if (value.kind === 'scalar') return value.text;
  if (value.kind === 'list') return value.items.map(plain);
  return Object.fromEntries([...value.entries].map(([name, inner]) => [name, plain(inner)]));
}

describe('reads what the yaml library reads', () => {
  test.each([
    'kind: Pod\nspec:\n  hostNetwork: true # yes\n  containers:\n  - name: a\n    image: "r:5000/k:1"\n  - name: b\n',
    'a:\n  - - x\n    - y\n  - z: 1\n    w:\n      - v\nb: [p, q]\nc: { d: e }\n',
    '# head\n---\na: b\n---\nc:\n- d\n- e\n',
    "'quoted key': 'text # no comment'\nurl: http://x/#y\n",
  ])('%j', (text) => {
    const words = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(words)
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, words(inner)]))
          : String(value);
    expect(read(text).map(plain)).toEqual(parseAllDocuments(text).map((document) => words(document.toJS())));
  });

  test('whatever is written in blocks', () => {
    const key = fc.stringMatching(/^[a-z][a-zA-Z]{0,6}$/);
    const word = fc.stringMatching(/^[a-z][a-z0-9./]{0,8}$/);
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        word,
        fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
        tie('mapping'),
      ),
      mapping: fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 3 }),
    })).mapping;
    fc.assert(
      fc.property(tree, (value) => {
        expect(read(stringify(value)).map(plain)).toEqual([JSON.parse(JSON.stringify(value))]);
      }),
      { seed: SEED },
    );
  });
});

test('configuration in a ConfigMap is read as well', () => {
  expect(
    read('data:\n  config.conf: |-\n    mode: ipvs\n    ipvs:\n      strictARP: false\n').map(plain),
  ).toEqual([{ data: { 'config.conf': { mode: 'ipvs', ipvs: { strictARP: 'false' } } } }]);
});

test('a byte-order mark is no indentation', () => {
  expect(read('\uFEFFkind: Pod\nspec:\n  a: b\n').map(plain)).toEqual([{ kind: 'Pod', spec: { a: 'b' } }]);
});

test('takes any text, at a cost that grows with it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a:- \n#"\'[{|') }), (text) => void read(text)),
    { seed: SEED },
  );
  const deeper = (size: number) =>
    Array.from({ length: Math.sqrt(size) }, (_, at) => `${' '.repeat(at)}a:\n`).join('');
  expectLinear(40_000, (size) => void read('- '.repeat(size)));
  expectLinear(40_000, (size) => void read('a: [b, c]\n'.repeat(size)));
  expectLinear(10_000, (size) => void read(`a${' '.repeat(size)}b`));
  expectLinear(90_000, (size) => void read(deeper(size)));
});
