import { expect, test } from 'vitest';
import { didYouMean } from '../../src/cli/suggest.ts';
import { type Terminal, wantsColour, widthOf } from '../../src/cli/terminal.ts';

function terminal(columns: number | undefined, env: Record<string, string> = {}): Terminal {
  return {
    columns,
    env,
    workingFolder: '/',
    out: () => {},
    note: () => {},
    readInput: async () => new Uint8Array(),
  };
}

test.each<[string, boolean | undefined, number | undefined, Record<string, string>, boolean]>([
  ['a terminal', undefined, 80, {}, true],
  ['a file', undefined, undefined, {}, false],
  ['a dumb terminal', undefined, 80, { TERM: 'dumb' }, false],
  ['NO_COLOR', undefined, 80, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR', undefined, 80, { NO_COLOR: '' }, true],
  ['FORCE_COLOR', undefined, undefined, { FORCE_COLOR: '1' }, true],
  ['FORCE_COLOR=0', undefined, 80, { FORCE_COLOR: '0' }, false],
  ['both', undefined, 80, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ['--color', true, undefined, { NO_COLOR: '1' }, true],
  ['--no-color', false, 80, { FORCE_COLOR: '1' }, false],
])('colour with %s', (_, flag, columns, env, expected) => {
  expect(wantsColour(flag, terminal(columns, env))).toBe(expected);
});

test('a log is 80 columns wide, a terminal as wide as it is, within reason', () => {
  expect([undefined, 60, 300].map((columns) => widthOf(terminal(columns)))).toEqual([80, 60, 120]);
});

test('only near words are suggested', () => {
  expect(didYouMean('fromat', ['format', 'as'])).toBe(': did you mean format?');
  expect(didYouMean('x', ['as', 'format'])).toBe('');
});
