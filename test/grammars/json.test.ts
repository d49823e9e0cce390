import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson, type Value } from '../../grammars/json/read.ts';
import { expectLinear } from '../support/cost.ts';
import { SEED } from '../support/seed.ts';
import { sourceOf } from '../support/source.ts';

const read = (text: string) => readJson(sourceOf(text, 'ip-address'));

/** A value as JSON.parse gives it, but for numbers and literals, which stay words. */
function plain(value: Value): unknown {
  if (value.kind === 'scalar') return value.text;
  if (value.kind === 'list') return value.items.map(plain);
  return Object.fromEntries([...value.entries].map(([name, inner]) => [name, plain(inner)]));
}

function words(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(words);
  if (value === null || typeof value !== 'object') return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, words(inner)]));
}

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.nat(3), (value, indent) => {
      fc.pre(!JSON.stringify(value).includes('__proto__'));
      expect(read(JSON.stringify(value, undefined, indent)).map(plain)).toEqual([words(value)]);
    }),
    { seed: SEED },
  );
});

test('each word knows where it stands', () => {
  const [list] = read('[ { "local" : "192.0.2.1" } ]');
  const item = list?.kind === 'list' ? list.items[0] : undefined;
  const local = item?.kind === 'mapping' ? item.entries.get('local') : undefined;
  expect(local?.place.range).toEqual({ start: 14, end: 25 });
});

test('of a text that is cut off, everything before the cut is there', () => {
  const whole = '[{"a": "1", "b": [{"c": "2"}, {"d": "3"}]}]';
  expect(read(whole.slice(0, 31)).map(plain)).toEqual([[{ a: '1', b: [{ c: '2' }, {}] }]]);
  expect(read('[{"a": "open\n}, {"b": 2}]').map(plain)).toEqual([[{ a: 'open' }, { b: '2' }]]);
});

test('takes any text, at a cost that grows with it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'[]{},:"\\u0a1 \n') }), (text) => void read(text)),
    { seed: SEED },
  );
  expectLinear(20_000, (size) => void read('['.repeat(size)));
  expectLinear(20_000, (size) => void read('{"a":'.repeat(size)));
  expectLinear(20_000, (size) => void read(`"${'\\"'.repeat(size)}`));
});
