import { describe, expect, test } from 'vitest';
import type { Located } from '../../src/evidence/fact.ts';
import type { Edit } from '../../src/evidence/fix.ts';
import {
  blockRemoved,
  lineAdded,
  lineAddedBefore,
  lineAddedIn,
  lineAppended,
  lineRemoved,
} from '../../src/evidence/line-edit.ts';
import type { Format } from '../../src/evidence/source.ts';
import { readMarks } from '../support/marks.ts';
import { sourceOf } from '../support/source.ts';

/** The text after an edit at its mark; undefined where there is no edit. */
function edited(marked: string, edit: (at: Located) => Edit | undefined, format?: Format) {
  const { text, ranges } = readMarks(marked);
  const [range = { start: 0, end: 0 }] = ranges;
  const source = sourceOf(text, format);
  const found = edit({ place: { source, range } });
  return found && text.slice(0, found.range.start) + found.text + text.slice(found.range.end);
}

describe('a line is taken away', () => {
  test.each([
    ['with its comment', 'a {\n  <|b 1|> # c\n  d\n}\n', 'a {\n  d\n}\n'],
    ['with its end', 'a\r\nb <|1|>\r\nc', 'a\r\nc'],
    ['at the end', 'a\n<|b|>', 'a\n'],
    ['with a brace in its comment', 'a\n<|b|> # }\nc\n', 'a\nc\n'],
  ])('%s', (_, before, after) => expect(edited(before, lineRemoved)).toBe(after));

  test.each([
    ['a brace stands on it', 'a { <|b|> }\n'],
    ['it is a condition', '@lb1 <|b 1|>\n'],
    ['a definition is used on it', '<|b $X|>\n'],
    ['it is a sequence', '~SEQ(i,1,3) <|b|>\n'],
    ['it goes on', '<|b|> \\\n  c\n'],
    ['it goes on from above', 'a \\\n<|b|>\n'],
  ])('but not where %s', (_, before) => expect(edited(before, lineRemoved)).toBeUndefined());

  test.each(['<|echo 1|> && b\n', 'if a; then <|b|>; fi\n', '<|b|> | c\n', 'x() { <|b|>\n', '<|cat <<E|>\n'])(
    'and not from a script where others hang on it: %j',
    (before) => expect(edited(before, lineRemoved, 'script')).toBeUndefined(),
  );
});

describe('a block is taken away', () => {
  test.each([
    ['as a whole', 'a {\n  <|b|> {\n    c {\n    }\n    # }\n    d "}"\n  }\n  e\n}\n', 'a {\n  e\n}\n'],
    ['with its brace on the next line', '<|b|>\n{\n  c\n}\nd\n', 'd\n'],
  ])('%s', (_, before, after) => expect(edited(before, blockRemoved)).toBe(after));

  test.each([
    ['is never closed', '<|b|> {\n  c\n'],
    ['is closed on a line of others', '<|b|> {\n  c }\n'],
    ['stands on one line', '<|b|> { c }\n'],
    ['is none', '<|b|> c\nd {\n}\n'],
  ])('but not where it %s', (_, before) => expect(edited(before, blockRemoved)).toBeUndefined());
});

describe('a line is added', () => {
  test.each([
    ['as far in as its neighbour', 'a {\n\t<|b|> # c\n}\n', 'a {\n\tb # c\n\tnew 1\n}\n'],
    ['with the same line end', 'a\r\n<|b|>\r\n', 'a\r\nb\r\nnew 1\r\n'],
    ['at the end of a text that is not closed', 'a\n<|b|>', 'a\nb\nnew 1'],
  ])('behind another, %s', (_, before, after) =>
    expect(edited(before, (at) => lineAdded(at, 'new 1'))).toBe(after),
  );

  test('before another', () =>
    expect(edited('a {\n\t<|b|>\n}\n', (at) => lineAddedBefore(at, 'new 1'))).toBe('a {\n\tnew 1\n\tb\n}\n'));

  test.each([
    ['as far in as its lines', '<|a|> {\n  b\n}\n', '<|a|> {\n  new 1\n  b\n}\n'],
    ['that is empty', '  <|a|> {\n  }\n', '  <|a|> {\n      new 1\n  }\n'],
    ['behind a comment', '<|a|> { # c\n\tb\n}\n', '<|a|> { # c\n\tnew 1\n\tb\n}\n'],
    ['whose brace stands below', '<|a|>\n{\n\tb\n}\n', '<|a|>\n{\n\tnew 1\n\tb\n}\n'],
  ])('to a block %s', (_, before, after) =>
    expect(edited(before, (at) => lineAddedIn(at, 'new 1'))).toBe(after.replaceAll(/<\||\|>/g, '')),
  );

  test.each(['<|a|> { b }\n', '<|a|> { b\n}\n', '<|a|>\nb {\n}\n', '<|a $X|> {\n}\n'])(
    'but not to %j',
    (before) => expect(edited(before, (at) => lineAddedIn(at, 'new 1'))).toBeUndefined(),
  );

  test.each([
    ['a = 1\n', 'a = 1\nnew = 1\n'],
    ['a = 1\r\n', 'a = 1\r\nnew = 1\r\n'],
    ['a = 1', 'a = 1\nnew = 1'],
    ['', 'new = 1\n'],
  ])('at the end of %j', (before, after) =>
    expect(edited(before, ({ place }) => lineAppended(place.source, 'new = 1'), 'sysctl')).toBe(after),
  );
});
