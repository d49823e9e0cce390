import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf, graphemesOf, widthOf } from '../../src/report/cells.ts';
import { anyCharacter } from './samples.ts';

test.each([
  ['priority', 8],
  ['备机', 4],
  ['ｶﾅ', 2],
  ['e\u0301e\u0301', 2],
  ['👍', 2],
  ['❤', 1],
  ['❤\ufe0f', 2],
  ['🇩🇪', 2],
  ['👍🏽', 2],
  ['…•', 2],
  ['', 0],
])('%j takes %i columns', (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test('tabs reach to the next stop', () => {
  expect(cellsOf('\ta\tbcd\t').map(({ width }) => width)).toEqual([4, 1, 3, 1, 1, 1, 1]);
});

test('an unsafe character takes the columns of what is shown for it', () => {
  expect(cellsOf('a\u00a0b').map(({ text }) => text)).toEqual(['a', '<U+00A0>', 'b']);
});

test('cells cover their text without a hole, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 500 }), (text) => {
      let at = 0;
      for (const { start, end } of cellsOf(text)) {
        expect(start).toBe(at);
        at = end;
      }
      expect(at).toBe(text.length);
    }),
  );
});

test('what the segmenter is not asked about is what it would have said', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const unit = fc.constantFrom(
    'a',
    '1',
    ' ',
    '\t',
    'é',
    'ж',
    '中',
    'カ',
    '•',
    '\u0301',
    '\ufe0f',
    '\u20e3',
    '👍',
    '🏽',
    '\u200d',
    '각',
    '🇩',
    '\r',
    '\n',
    '\ud83d',
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 150 }), (text) => {
      expect([...graphemesOf(text)]).toEqual(Array.from(segmenter.segment(text), ({ segment }) => segment));
    }),
  );
});

test('long texts are segmented as short ones are', () => {
  const text = 'e\u0301中👍🏽'.repeat(300);
  expect([...graphemesOf(text)]).toEqual(Array.from({ length: 300 }, () => ['e\u0301', '中', '👍🏽']).flat());
});
