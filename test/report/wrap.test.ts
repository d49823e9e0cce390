import fc from 'fast-check';
import { expect, test } from 'vitest';
import { widthOf } from '../../src/report/cells.ts';
import { wrap } from '../../src/report/wrap.ts';

test('breaks at blanks', () => {
  expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
});

test('the first line may begin later, the others are indented', () => {
  expect(wrap('one two three four', 11, 6, 2)).toEqual(['one', '  two three', '  four']);
});

test('a word that is longer than a line is broken inside', () => {
  expect(wrap('an abcdefghijkl end', 6)).toEqual(['an', 'abcdef', 'ghijkl', 'end']);
  expect(wrap('备机上要与', 4)).toEqual(['备机', '上要', '与']);
});

test('blanks inside a line stay', () => {
  expect(wrap("the name 'a  b' has two", 40)).toEqual(["the name 'a  b' has two"]);
});

test('an empty text is one empty line', () => {
  expect(wrap('', 40)).toEqual(['']);
});

test('no line is wider than allowed, and no word gets lost', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '中', 'e\u0301', '👍'), maxLength: 30 });
  fc.assert(
    fc.property(
      fc.array(word),
      fc.integer({ min: 4, max: 40 }),
      fc.integer({ min: 0, max: 2 }),
      (words, width, rest) => {
        const lines = wrap(words.join(' '), width, rest, rest);
        for (const [at, line] of lines.entries())
          expect(widthOf(line)).toBeLessThanOrEqual(at === 0 ? width - rest : width);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
      },
    ),
  );
});
