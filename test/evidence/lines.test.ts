import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineIndex } from '../../src/evidence/lines.ts';

test('counts lines and columns from 1', () => {
  const lines = new LineIndex('ab\r\ncd\n\nlast');
  expect(lines.positionAt(0)).toEqual({ line: 1, column: 1 });
  expect(lines.positionAt(3)).toEqual({ line: 1, column: 4 });
  expect(lines.positionAt(4)).toEqual({ line: 2, column: 1 });
  expect(lines.positionAt(7)).toEqual({ line: 3, column: 1 });
  expect(lines.positionAt(12)).toEqual({ line: 4, column: 5 });
  expect(lines.lineCount).toBe(4);
});

test('a line comes without its end, whichever it is', () => {
  const lines = new LineIndex('ab\r\ncd\n\r\ne\rf');
  expect([1, 2, 3, 4, 5].map((line) => lines.lineText(line))).toEqual(['ab', 'cd', '', 'e\rf', '']);
});

test('an empty text has one empty line', () => {
  const lines = new LineIndex('');
  expect(lines.lineCount).toBe(1);
  expect(lines.positionAt(0)).toEqual({ line: 1, column: 1 });
  expect(lines.lineRange(1)).toEqual({ start: 0, end: 0 });
});

test('agrees with splitting at line ends', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '中', '😀') });
  fc.assert(
    fc.property(text, (given) => {
      const lines = new LineIndex(given);
      const split = given.split('\n');
      expect(split.map((_, at) => lines.lineText(at + 1))).toEqual(
        split.map((line) => line.replace(/\r$/, '')),
      );
      for (let at = 0; at <= given.length; at += 1) {
        const before = given.slice(0, at).split('\n');
        expect(lines.positionAt(at)).toEqual({
          line: before.length,
          column: (before.at(-1) ?? '').length + 1,
        });
      }
    }),
  );
});
